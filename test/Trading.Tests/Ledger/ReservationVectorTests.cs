using System.Globalization;
using System.Text.Json;
using Parallax.Testing;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests.Ledger;

[Trait("Category", "Vectors")]
public sealed class ReservationVectorTests
{
    private readonly Reservations _reservations = new();
    private readonly Dictionary<string, (ReservationId Id, Holding Holding)> _named = [];

    public static TheoryData<string, string> Cases() => VectorCases.Of("risk-reservations*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void Balances_and_available_amounts_follow_every_event(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);
        foreach (var balance in input.GetProperty("balances").EnumerateObject())
        {
            _reservations.Receive(Key(balance.Name), balance.Value.Decimal());
        }

        var step = 0;
        foreach (var (told, wanted) in input.GetProperty("events").EnumerateArray().Zip(expected.EnumerateArray()))
        {
            var at = $"step {step++}: ";
            Assert.Equal(at + wanted.Text("result"), at + Run(told));
            foreach (var balance in wanted.GetProperty("balances").EnumerateObject())
            {
                Assert.Equal((at + balance.Name, balance.Value.Decimal()), (at + balance.Name, _reservations.Balance(Key(balance.Name))));
            }

            foreach (var available in wanted.GetProperty("available").EnumerateObject())
            {
                Assert.Equal((at + available.Name, available.Value.Decimal()), (at + available.Name, _reservations.Available(Key(available.Name))));
            }

            _reservations.Check();
        }

        Assert.Equal(expected.GetArrayLength(), step);
    }

    private string Run(JsonElement told) => told.Text("op") switch
    {
        "reserve" => Text(Reserve(told.Text("id"), Key(told.Text("key")), told.Decimal("amount"))),
        "consume" => Text(Named(told) is var (id, holding) ? _reservations.Consume(id, holding, told.Decimal("amount")) : default),
        "release" => Text(_reservations.Release(Named(told).Id)),
        "sync" => Drift(_reservations.Sync(Key(told.Text("key")), told.Decimal("amount")).Value),
        var other => throw new NotSupportedException($"Vector operation \"{other}\"."),
    };

    private ReservationResult Reserve(string name, Holding holding, decimal amount)
    {
        var id = _named.TryGetValue(name, out var known) ? known.Id : new ReservationId((ulong)_named.Count + 1);
        var result = _reservations.Reserve(id, holding, amount);
        if (result == ReservationResult.Ok || !_named.ContainsKey(name))
        {
            _named[name] = (id, holding);
        }

        return result;
    }

    private (ReservationId Id, Holding Holding) Named(JsonElement told) =>
        _named.TryGetValue(told.Text("id"), out var known) ? known : (new ReservationId(ulong.MaxValue), An.Holding("NONE"));

    private static string Text(ReservationResult result) => result.ToString().ToLowerInvariant();

    private static string Drift(decimal drift) => drift == 0m ? "ok" : "drift:" + (drift / 1.0000000000m).ToString(CultureInfo.InvariantCulture);

    private static Holding Key(string key) => key.Split('@') is [var asset, var venue]
        ? An.Holding(asset, venue.ToLowerInvariant())
        : throw new FormatException($"A key is asset@venue; found \"{key}\".");
}
