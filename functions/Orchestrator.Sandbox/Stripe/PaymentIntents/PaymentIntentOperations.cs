using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Charges;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.PaymentIntents;

internal static class PaymentIntentOperations
{
    private static readonly Dictionary<string, string> Searchable = new()
    {
        ["amount"] = "amount",
        ["created"] = "created",
        ["currency"] = "currency",
        ["customer"] = "customer",
        ["status"] = "status",
    };

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/payment_intents", "payment_intent", List),
        Operation.Of("POST /v1/payment_intents", "payment_intent", Create),
        Operation.Of("GET /v1/payment_intents/search", "payment_intent", call => SearchQuery.Page(call, "payment_intent", Searchable)),
        Operation.Of("GET /v1/payment_intents/{id}", "payment_intent", call => Rendering.Of(call.Subject("payment_intent"))),
        Operation.Of("POST /v1/payment_intents/{id}", "payment_intent", Update),
        Operation.Of("POST /v1/payment_intents/{id}/confirm", "payment_intent", Confirm),
        Operation.Of("POST /v1/payment_intents/{id}/capture", "payment_intent", Capture),
        Operation.Of("POST /v1/payment_intents/{id}/cancel", "payment_intent", Cancel),
    ];

    private static JsonObject List(Call call)
    {
        call.Named("customer", "customer");
        return Paging.Page(call, call.Work.Account.Latest("payment_intent").Where(intent =>
            call.Params.Text("customer") is not { } customer || intent.Text("customer") == customer));
    }

    private static JsonObject Create(Call call)
    {
        string currency = Currency.Known(call.Params.Text("currency")!);
        long amount = call.Params.Amount("amount");
        Currency.Chargeable(amount, currency);
        call.Named("customer", "customer");
        RefuseFor(call, confirming: call.Params.Flag("confirm"));
        JsonObject intent = IntentObject.Of(amount, currency, call.Work.Now);
        if (call.Params.ContainsKey("payment_method_types"))
        {
            intent["payment_method_types"] = call.Params["payment_method_types"]?.DeepClone();
        }
        else
        {
            intent["automatic_payment_methods"] = call.Params["automatic_payment_methods"]?.DeepClone()
                ?? new JsonObject { ["allow_redirects"] = "always", ["enabled"] = true };
        }

        Take(call, intent);
        call.Work.Add(intent);
        call.Work.Emit("payment_intent.created", intent);
        if (call.Params.Flag("confirm"))
        {
            Intents.Confirm(call.Work, intent);
        }

        return Rendering.Of(intent);
    }

    // The sandbox's account takes cards only, so no method can send the customer elsewhere and a return_url is never required.
    private static void RefuseFor(Call call, bool confirming)
    {
        if (call.Params.Items("payment_method_types") is { } types && types.FirstOrDefault(type => type!.GetValue<string>() is not ("card" or "link")) is { } other)
        {
            throw StripeRefusal.Invalid(
                $"The payment method type \"{other}\" is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are trying to use.",
                "payment_intent_invalid_parameter",
                "payment_method_types");
        }

        if (!confirming && call.Params.ContainsKey("return_url"))
        {
            throw StripeRefusal.Invalid("The parameter `return_url` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.", param: "return_url");
        }
    }

    private static void Take(Call call, JsonObject intent)
    {
        Metadata.Merge(intent, call.Params);
        intent.Take(
            call.Params, "customer", "description", "receipt_email", "shipping", "statement_descriptor", "statement_descriptor_suffix",
            "transfer_group", "setup_future_usage", "capture_method", "confirmation_method", "application_fee_amount", "on_behalf_of",
            "excluded_payment_method_types", "allowed_payment_method_types");
        Addresses.Complete(intent);
        TakePaymentMethod(call, intent);
    }

    private static void TakePaymentMethod(Call call, JsonObject intent)
    {
        if (call.Params.Text("payment_method") is not { } given)
        {
            return;
        }

        JsonObject method = PaymentMethodOperations.Resolve(call.Work, given, "payment_method");
        if (method.Text("customer") is { } owner && owner != intent.Text("customer"))
        {
            throw StripeRefusal.Invalid(
                intent.Text("customer") is null
                    ? "The PaymentMethod you provided belongs to a customer. To use it, include the customer in the PaymentIntent."
                    : $"The customer does not have a payment method with the ID {method.Id()}. The payment method must be attached to the customer.",
                "payment_intent_unexpected_state",
                "payment_method");
        }

        intent["payment_method"] = method.Id();
        if (intent.Text("status") == "requires_payment_method")
        {
            intent["status"] = "requires_confirmation";
        }
    }

    private static JsonObject Update(Call call)
    {
        JsonObject intent = call.Subject("payment_intent");
        bool settled = intent.Text("status") is "succeeded" or "canceled";
        if (settled && call.Params.Any(given => given.Key is "amount" or "currency" or "customer" or "payment_method"))
        {
            throw Unexpected(intent, "could not be updated");
        }

        string currency = Currency.Known(call.Params.Text("currency") ?? intent.Text("currency")!);
        if (call.Params.Whole("amount") is { } amount)
        {
            Currency.Chargeable(amount, currency);
            intent["amount"] = amount;
        }

        call.Named("customer", "customer");
        intent["currency"] = currency;
        intent.Take(call.Params, "payment_method_types");
        Take(call, intent);
        call.Work.Put(intent);
        return Rendering.Of(intent);
    }

    private static JsonObject Confirm(Call call)
    {
        JsonObject intent = call.Subject("payment_intent");
        if (intent.Text("status") is not ("requires_payment_method" or "requires_confirmation" or "requires_action"))
        {
            throw Unexpected(intent, "could not be confirmed", $"You cannot confirm this PaymentIntent because it has a status of {intent.Text("status")}.");
        }

        intent.Take(call.Params, "receipt_email", "shipping", "setup_future_usage", "capture_method");
        Addresses.Complete(intent);
        TakePaymentMethod(call, intent);
        call.Work.Put(intent);
        Intents.Confirm(call.Work, intent);
        return Rendering.Of(intent);
    }

    private static JsonObject Capture(Call call)
    {
        JsonObject intent = call.Subject("payment_intent");
        if (intent.Text("status") != "requires_capture")
        {
            throw Unexpected(
                intent, "could not be captured",
                $"This PaymentIntent could not be captured because it has a status of {intent.Text("status")}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.");
        }

        long amount = call.Params.Whole("amount_to_capture") ?? intent.Amount("amount_capturable");
        ChargeOperations.CaptureWithin(amount, intent.Amount("amount_capturable"), "amount_to_capture");
        Metadata.Merge(intent, call.Params);
        Intents.Capture(call.Work, intent, amount);
        return Rendering.Of(intent);
    }

    private static JsonObject Cancel(Call call)
    {
        JsonObject intent = call.Subject("payment_intent");
        if (intent.Text("status") is "succeeded" or "canceled")
        {
            throw Unexpected(
                intent, "could not be canceled",
                $"You cannot cancel this PaymentIntent because it has a status of {intent.Text("status")}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, processing.");
        }

        Intents.Cancel(call.Work, intent, call.Params.Text("cancellation_reason"));
        return Rendering.Of(intent);
    }

    private static StripeRefusal Unexpected(JsonObject intent, string what, string? message = null) =>
        new(400, "invalid_request_error", message ?? $"This PaymentIntent's parameters {what} because it has a status of {intent.Text("status")}.")
        {
            Code = "payment_intent_unexpected_state",
            More = new JsonObject { ["payment_intent"] = Rendering.Of(intent) },
        };
}
