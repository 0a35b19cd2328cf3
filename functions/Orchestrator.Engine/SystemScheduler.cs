namespace Orchestrator.Engine;

/// <summary>The thread pool, and a thread that writes.</summary>
internal sealed class SystemScheduler : IEngineScheduler
{
    public static readonly SystemScheduler Instance = new();

    public void Queue(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    public IWriterWorker StartWriter(Action write) => new WriterThread(write);

#pragma warning disable CA1001 // A signal that comes after the stop must not meet a disposed handle.
    private sealed class WriterThread : IWriterWorker
#pragma warning restore CA1001
    {
        private readonly Action _write;
        private readonly AutoResetEvent _signalled = new(false);
        private readonly Thread _thread;
        private volatile bool _stopping;

        public WriterThread(Action write)
        {
            _write = write;
            _thread = new Thread(Run) { IsBackground = true, Name = "task hub writer" };
            _thread.Start();
        }

        public void Signal() => _signalled.Set();

        public void Stop()
        {
            _stopping = true;
            Signal();
            if (_thread != Thread.CurrentThread)
            {
                _thread.Join();
            }
        }

        private void Run()
        {
            while (!_stopping)
            {
                _signalled.WaitOne();
                _write();
            }

            // What came with the stop.
            _write();
        }
    }
}
