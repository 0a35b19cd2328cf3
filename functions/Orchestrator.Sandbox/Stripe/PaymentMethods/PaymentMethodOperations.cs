using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.PaymentMethods;

/// <summary>Payment methods, tokens and the older card sources: made from test names or test card numbers.</summary>
internal static class PaymentMethodOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/payment_methods", "payment_method", call => Paging.Page(call, Of(call, call.Params.Text("customer")))),
        Operation.Of("POST /v1/payment_methods", "payment_method", Create),
        Operation.Of("GET /v1/payment_methods/{id}", "payment_method", call => Rendering.Of(Resolve(call.Work, call.Id, "id"))),
        Operation.Of("POST /v1/payment_methods/{id}", "payment_method", Update),
        Operation.Of("POST /v1/payment_methods/{id}/attach", "payment_method", Attach),
        Operation.Of("POST /v1/payment_methods/{id}/detach", "payment_method", Detach),
        Operation.Of("GET /v1/customers/{id}/payment_methods", "payment_method", OfCustomer),
        Operation.Of("POST /v1/tokens", "token", CreateToken),
        Operation.Of("GET /v1/tokens/{id}", "token", call => Rendering.Of(call.Subject("token"))),
        Operation.Of("POST /v1/customers/{id}/sources", "customer", AddSource),
        Operation.Of("GET /v1/customers/{id}/sources", "customer", call => Paging.Page(call, call.Work.Account.Latest("card").Where(card => card.Text("customer") == call.Id))),
    ];

    /// <summary>The payment method an id or a test name means; a test name makes a new one, once per act.</summary>
    public static JsonObject Resolve(Work work, string id, string param)
    {
        if (work.Account.Find(id) is { } found && found.Text("object") is "payment_method" or "card")
        {
            return found;
        }

        if (work.MadeFromTestCard.TryGetValue(id, out string? made))
        {
            return work.Account.Find(made)!;
        }

        if (TestCards.Named(id) is { } card && id.StartsWith("pm_", StringComparison.Ordinal))
        {
            JsonObject method = PaymentMethodObject.Of(card, work.Now);
            work.Put(method);
            work.MadeFromTestCard[id] = method.Id();
            return method;
        }

        throw new StripeRefusal(param == "id" ? 404 : 400, "invalid_request_error", $"No such PaymentMethod: '{id}'") { Code = "resource_missing", Param = param };
    }

    /// <summary>Saves a payment method with a customer; some test cards are refused at this point.</summary>
    public static void AttachTo(Work work, JsonObject method, string customer)
    {
        if (method.Text("customer") is { } owner)
        {
            if (owner == customer)
            {
                return;
            }

            throw StripeRefusal.Invalid(
                "The payment method you provided has already been attached to a customer.", "payment_method_unexpected_state", "payment_method");
        }

        TestCard card = PaymentMethodObject.CardOf(method);
        if (card is { Fate: CardFate.Declines, RefusedWhenAttached: true })
        {
            throw Declines.Refusal(card);
        }

        method["customer"] = customer;
        work.Put(method);
        work.Emit("payment_method.attached", method);
    }

    private static IEnumerable<JsonObject> Of(Call call, string? customer) => call.Work.Account.Latest("payment_method")
        .Where(method => method.Text("customer") == customer && (call.Params.Text("type") ?? "card") == method.Text("type"));

    private static JsonObject OfCustomer(Call call)
    {
        call.Subject("customer");
        return Paging.Page(call, Of(call, call.Id));
    }

    private static JsonObject Create(Call call)
    {
        if (call.Params.Text("type") is { } type and not "card")
        {
            throw StripeRefusal.Invalid($"The payment method type \"{type}\" is invalid. The sandbox's account takes cards only.", param: "type");
        }

        JsonObject given = call.Params.Part("card") ?? throw StripeRefusal.ParameterMissing("card");
        TestCard card = CardFrom(call.Work, given, "card");
        JsonObject method = PaymentMethodObject.Of(card, call.Work.Now);
        if (call.Params.Part("billing_details") is { } billing)
        {
            PaymentMethodObject.Bill(method, billing);
        }

        if (given.Whole("exp_month") is { } month && given.Whole("exp_year") is { } year)
        {
            method.Part("card")!["exp_month"] = month;
            method.Part("card")!["exp_year"] = year;
        }

        Metadata.Merge(method, call.Params);
        call.Work.Add(method);
        return Rendering.Of(method);
    }

    private static JsonObject Update(Call call)
    {
        JsonObject method = call.Subject("payment_method", "PaymentMethod");
        JsonObject before = method.Copy();
        if (call.Params.Part("billing_details") is { } billing)
        {
            PaymentMethodObject.Bill(method, billing);
        }

        Metadata.Merge(method, call.Params);
        call.Work.Put(method);
        call.Work.Emit("payment_method.updated", method, before);
        return Rendering.Of(method);
    }

    private static JsonObject Attach(Call call)
    {
        JsonObject customer = call.Named("customer", "customer")!;
        JsonObject method = Resolve(call.Work, call.Id, "id");
        AttachTo(call.Work, method, customer.Id());
        return Rendering.Of(method);
    }

    private static JsonObject Detach(Call call)
    {
        JsonObject method = call.Subject("payment_method", "PaymentMethod");
        if (method.Text("customer") is null)
        {
            throw StripeRefusal.Invalid(
                "The payment method you provided is not attached to a customer so detachment is impossible.", "payment_method_unexpected_state", "payment_method");
        }

        JsonObject before = method.Copy();
        method["customer"] = null;
        call.Work.Put(method);
        call.Work.Emit("payment_method.detached", method, before);
        return Rendering.Of(method);
    }

    private static JsonObject CreateToken(Call call)
    {
        TestCard card = CardFrom(call.Work, call.Params.Part("card") ?? throw StripeRefusal.ParameterMissing("card"), "card");
        JsonObject token = PaymentMethodObject.TokenOf(card, call.Work.Now);
        call.Work.Add(token);
        return Rendering.Of(token);
    }

    private static JsonObject AddSource(Call call)
    {
        JsonObject customer = call.Subject("customer");
        JsonObject source = SourceFrom(call.Work, call.Params.Text("source")!, customer);
        return Rendering.Of(source);
    }

    /// <summary>A card source of a customer, from a token; the first becomes the default.</summary>
    public static JsonObject SourceFrom(Work work, string token, JsonObject customer)
    {
        TestCard card = CardOfToken(work, token, "source");
        if (card is { Fate: CardFate.Declines, RefusedWhenAttached: true })
        {
            throw Declines.Refusal(card);
        }

        JsonObject source = PaymentMethodObject.SourceOf(card, work.Now, customer.Id());
        work.Add(source);
        if (customer.Text("default_source") is null)
        {
            customer["default_source"] = source.Id();
            work.Put(customer);
        }

        work.Emit("customer.source.created", source);
        return source;
    }

    public static TestCard CardOfToken(Work work, string token, string param)
    {
        if (work.Account.Find("token", token) is { } made)
        {
            if (made.Flag("used"))
            {
                throw StripeRefusal.Invalid($"You cannot use a Stripe token more than once: {token}.", "token_already_used", param);
            }

            made["used"] = true;
            work.Put(made);
            return PaymentMethodObject.CardOf(made);
        }

        return TestCards.Named(token)
            ?? throw StripeRefusal.Invalid($"No such token: '{token}'", "resource_missing", param);
    }

    private static TestCard CardFrom(Work work, JsonObject given, string param)
    {
        if (given.Text("token") is { } token)
        {
            return CardOfToken(work, token, $"{param}[token]");
        }

        string number = given.Text("number") ?? throw StripeRefusal.ParameterMissing($"{param}[number]");
        return TestCards.Numbered(number) ?? throw new StripeRefusal(402, "card_error", "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.")
        {
            Code = "card_declined",
            Param = "number",
            More = new JsonObject { ["decline_code"] = "test_mode_live_card" },
        };
    }
}
