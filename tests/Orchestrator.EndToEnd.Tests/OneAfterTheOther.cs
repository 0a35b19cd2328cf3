// Each class starts processes and some a browser; side by side they would measure the machine and not the product.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
