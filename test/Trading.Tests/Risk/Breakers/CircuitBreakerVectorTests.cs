using Parallax.Domain;
using Parallax.Testing;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Breakers;

namespace Parallax.Trading.Tests.Risk.Breakers;

[Trait("Category", "Vectors")]
public sealed class CircuitBreakerVectorTests
{
    public static TheoryData<string, string> Cases() => VectorCases.Of("risk-circuit-breaker*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void A_breaker_opens_probes_and_closes(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);
        var config = input.GetProperty("config");
        var probes = config.GetProperty("probes").GetInt32();
        // The cases admit all probes at once; the engine lets out one at a time.
        var breaker = new CircuitBreaker(new BreakerTerms(
            config.GetProperty("consecutiveFailures").GetInt32(),
            config.Decimal("errorRate"),
            config.GetProperty("minSamples").GetInt32(),
            Nanos(config.GetProperty("windowMs").GetInt64()),
            Nanos(config.GetProperty("pauseMs").GetInt64()),
            config.GetProperty("backoff").GetInt32(),
            Nanos(config.GetProperty("maxPauseMs").GetInt64()),
            probes,
            ProbesAtOnce: probes));

        foreach (var (told, wanted) in input.GetProperty("events").EnumerateArray().Zip(expected.EnumerateArray()))
        {
            var now = Nanos(told.GetProperty("t").GetInt64());
            bool? allowed = null;
            switch (told.Text("type"))
            {
                case "ask":
                    allowed = breaker.Ask(now);
                    break;
                case "success":
                    breaker.Succeed(now);
                    break;
                case "failure":
                    breaker.Fail(now);
                    break;
                case "trip":
                    breaker.Trip(now);
                    break;
                case "reset":
                    breaker.Reset();
                    break;
                default:
                    Assert.Fail($"No such event: {told.Text("type")}.");
                    break;
            }

            Assert.Equal(Enum.Parse<BreakerState>(wanted.Text("state"), ignoreCase: true), breaker.State);
            Assert.Equal(wanted.TryGetProperty("allowed", out var may) ? may.GetBoolean() : null, allowed);
            if (wanted.TryGetProperty("tripped", out var by))
            {
                Assert.Equal((by.GetString(), Nanos(wanted.GetProperty("until").GetInt64())), (breaker.TrippedBy, breaker.UntilNanos));
            }
        }
    }

    private static long Nanos(long millis) => millis * UtcNanos.PerMillisecond;
}
