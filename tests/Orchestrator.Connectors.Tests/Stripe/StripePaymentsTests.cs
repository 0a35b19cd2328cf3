using Orchestrator.Connectors.Stripe;

namespace Orchestrator.Connectors.Tests.Stripe;

public sealed class StripePaymentsTests : StripePaymentsContract
{
    protected override int Sendings => 1;

    protected override StripePayments Open(StripeOptions options) => new(options, TimeProvider.System);
}
