using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Charges;

internal static class ChargeOperations
{
    private static readonly Dictionary<string, string> Searchable = new()
    {
        ["amount"] = "amount",
        ["created"] = "created",
        ["currency"] = "currency",
        ["customer"] = "customer",
        ["disputed"] = "disputed",
        ["refunded"] = "refunded",
        ["status"] = "status",
        ["billing_details.address.postal_code"] = "billing_details.address.postal_code",
        ["payment_method_details.card.last4"] = "payment_method_details.card.last4",
        ["payment_method_details.card.brand"] = "payment_method_details.card.brand",
        ["payment_method_details.card.exp_month"] = "payment_method_details.card.exp_month",
        ["payment_method_details.card.exp_year"] = "payment_method_details.card.exp_year",
        ["payment_method_details.card.fingerprint"] = "payment_method_details.card.fingerprint",
    };

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/charges", "charge", List),
        Operation.Of("POST /v1/charges", "charge", Create),
        Operation.Of("GET /v1/charges/search", "charge", call => SearchQuery.Page(call, "charge", Searchable)),
        Operation.Of("GET /v1/charges/{id}", "charge", call => Rendering.Of(call.Subject("charge"))),
        Operation.Of("POST /v1/charges/{id}", "charge", Update),
        Operation.Of("POST /v1/charges/{id}/capture", "charge", Capture),
        Operation.Of("GET /v1/charges/{id}/refunds", "charge", Refunds),
    ];

    private static JsonObject List(Call call)
    {
        call.Named("customer", "customer");
        return Paging.Page(call, call.Work.Account.Latest("charge").Where(charge =>
            (call.Params.Text("customer") is not { } customer || charge.Text("customer") == customer)
            && (call.Params.Text("payment_intent") is not { } intent || charge.Text("payment_intent") == intent)
            && (call.Params.Text("transfer_group") is not { } group || charge.Text("transfer_group") == group)));
    }

    private static JsonObject Refunds(Call call)
    {
        call.Subject("charge");
        return Paging.Page(call, call.Work.Account.Latest("refund").Where(refund => refund.Text("charge") == call.Id));
    }

    private static JsonObject Create(Call call)
    {
        long amount = call.Params.Whole("amount") ?? throw StripeRefusal.ParameterMissing("amount");
        string currency = Currency.Known(call.Params.Text("currency") ?? throw StripeRefusal.ParameterMissing("currency"));
        Currency.Chargeable(amount, currency);
        JsonObject? customer = call.Named("customer", "customer");
        JsonObject source = Source(call, customer);
        JsonObject given = call.Params.Copy();
        given["metadata"] = Metadata.Of(call.Params);
        bool capture = !call.Params.ContainsKey("capture") || call.Params.Flag("capture");
        JsonObject charge = Charging.Try(call.Work, new Payment(amount, currency, source, customer?.Id(), Intent: null, capture, given));
        return Charging.Refused(charge)
            ? throw Declines.Refusal(PaymentMethodObject.CardOf(charge), new JsonObject { ["charge"] = charge.Id() })
            : Rendering.Of(charge);
    }

    private static JsonObject Source(Call call, JsonObject? customer)
    {
        if (call.Params.Text("source") is { } given)
        {
            return call.Work.Account.Find("card", given) ?? Fresh(call.Work, given);
        }

        return customer is null
            ? throw StripeRefusal.Invalid("Must provide source or customer.", "parameter_missing")
            : customer.Text("default_source") is { } id && call.Work.Account.Find("card", id) is { } card
            ? card
            : throw new StripeRefusal(402, "card_error", "Cannot charge a customer that has no active card") { Code = "missing", Param = "card" };
    }

    private static JsonObject Fresh(Work work, string token)
    {
        JsonObject source = PaymentMethodObject.SourceOf(PaymentMethodOperations.CardOfToken(work, token, "source"), work.Now, customer: null);
        work.Put(source);
        return source;
    }

    private static JsonObject Update(Call call)
    {
        JsonObject charge = call.Subject("charge");
        JsonObject? customer = call.Named("customer", "customer");
        if (customer is not null && charge.Text("customer") is { } owner && owner != customer.Id())
        {
            throw StripeRefusal.Invalid("You cannot change the customer of a charge that has one.", param: "customer");
        }

        JsonObject before = charge.Copy();
        Metadata.Merge(charge, call.Params);
        charge.Take(call.Params, "customer", "description", "receipt_email", "shipping", "transfer_group");
        Addresses.Complete(charge);
        if (call.Params.Part("fraud_details") is { } fraud)
        {
            charge["fraud_details"] = fraud.Text("user_report") is { } report ? new JsonObject { ["user_report"] = report } : new JsonObject();
        }

        call.Work.Put(charge);
        call.Work.Emit("charge.updated", charge, before);
        return Rendering.Of(charge);
    }

    private static JsonObject Capture(Call call)
    {
        JsonObject charge = call.Subject("charge");
        if (charge.Flag("captured"))
        {
            throw StripeRefusal.Invalid($"Charge {charge.Id()} has already been captured.", "charge_already_captured");
        }

        if (Charging.Refused(charge) || charge.Flag("refunded") || Charging.Released(charge))
        {
            throw StripeRefusal.Invalid($"Charge {charge.Id()} cannot be captured because it has been refunded, has expired or has failed.", "charge_expired_for_capture");
        }

        if (charge.Text("payment_intent") is { } intent)
        {
            throw StripeRefusal.Invalid(
                $"This charge was created by the PaymentIntent {intent}. To capture it, capture the PaymentIntent instead.", "payment_intent_unexpected_state");
        }

        long amount = call.Params.Whole("amount") ?? charge.Amount("amount");
        CaptureWithin(amount, charge.Amount("amount"), "amount");
        Charging.Capture(call.Work, charge, amount);
        return Rendering.Of(charge);
    }

    public static void CaptureWithin(long amount, long authorized, string param)
    {
        if (amount < 1)
        {
            throw StripeRefusal.Validation("This value must be greater than or equal to 1.", "parameter_invalid_integer", param);
        }

        if (amount > authorized)
        {
            throw StripeRefusal.Invalid("The amount to capture is greater than the amount that was authorized.", "amount_too_large", param);
        }
    }
}
