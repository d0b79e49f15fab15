using System.CommandLine;
using Parallax.Cli.Keys;
using Parallax.Domain;

namespace Parallax.Cli.Operating;

/// <summary><c>accept-balance</c>: takes the venue's word for a balance on which it and the ledger disagree.</summary>
public static class AcceptBalanceVerb
{
    internal static Command Create(ITypedInput? typed)
    {
        var instances = new InstanceOptions();
        var reason = ReasonOption.Create();
        var confirm = OperatorCall.ConfirmOption("accept 1.25 BTC");
        var venue = new Option<string?>("--venue") { Description = "Needed only where several venues disagree about the asset.", HelpName = "NAME" };
        var asset = new Argument<string>("ASSET") { Description = "The asset whose balance differs, such as BTC." };
        return Verb.Create(
            "accept-balance",
            "Takes the venue's word for a balance that differs from the ledger; the difference is booked, and plans are opened again.",
            "parallax accept-balance BTC --reason \"a withdrawal of mine\"",
            [asset, reason, venue, confirm, instances.Data],
            async (parsed, cancellation) =>
            {
                using var call = OperatorCall.Begin(instances, parsed, cancellation);
                var wanted = parsed.GetRequiredValue(asset);
                var listed = SessionJson.Read<SessionDifferences>(await call.Client.GetAsync("differences", cancellation)).Differences;
                var meant = listed.Where(one => one.Asset == wanted && (parsed.GetValue(venue) is not { } named || one.Venue == named)).ToList();
                if (meant is not [var found])
                {
                    throw new UserErrorException(
                        meant.Count > 1 ? $"{wanted} differs at {string.Join(" and ", meant.Select(one => one.Venue))}: name one with --venue."
                        : listed.Count == 0 ? $"No balance differs: the venues and the ledger agree about {wanted}, too."
                        : $"No balance of {wanted} differs; those that do: {string.Join(", ", listed.Select(one => $"{one.Asset} at {one.Venue}"))}.");
                }

                var confirmation = await call.ConfirmAsync(
                    found.AcceptWords,
                    parsed.GetValue(confirm),
                    $"The ledger holds {Decimals.Plain(found.Ledger)} {found.Asset}, {found.Venue} says {Decimals.Plain(found.AtVenue)}. The difference of "
                        + $"{(found.Difference > 0m ? "+" : "")}{Decimals.Plain(found.Difference)} {found.Asset} will be booked as an adjustment.",
                    typed,
                    parsed.InvocationConfiguration.Error);
                return await call.DoAsync(
                    "accept-balance", parsed.GetRequiredValue(reason), "Nothing is accepted", ("asset", found.Asset), ("venue", found.Venue), ("confirmation", confirmation));
            });
    }
}

/// <summary>What <c>/api/v1/differences</c> says, as far as it is shown.</summary>
internal sealed record SessionDifferences
{
    public IReadOnlyList<Item> Differences { get; init; } = [];

    public sealed record Item(string Asset, string Venue, decimal Ledger, decimal AtVenue, decimal Difference, string AcceptWords);
}
