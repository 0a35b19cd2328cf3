using Orchestrator.AzureFunctions.Payments;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Tests.Stripe;
using Stripe;

namespace Orchestrator.AzureFunctions.Tests.Payments;

public sealed class StripeClientRefundsTests : StripeRefundsContract
{
    protected override int Sendings => 1 + SystemNetHttpClient.DefaultMaxNumberRetries;

    protected override StripePayments Open(StripeOptions options) => StripePayments.Over(new StripeClientRequests(options), TimeProvider.System);
}
