using System.Collections.Frozen;
using System.Collections.Immutable;
using Parallax.Domain;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the venue says that it holds for us and can be traded with: a snapshot, then the ledger's entries.</summary>
/// <remarks>
/// <para>https://docs.kraken.com/api/docs/websocket-v2/balances. Every row states the balance after it, so nothing is added up here. The
/// messages of a subscription carry a sequence of their own: after a gap nothing is known until the next snapshot.</para>
/// <para>One thread takes messages; <see cref="Current"/> may be read from any.</para>
/// </remarks>
public sealed class AccountBalances
{
    private ulong _lastSequence;
    private VenueBalances? _current;

    /// <summary><see langword="null"/> before the first snapshot, after a gap and without a connection.</summary>
    public VenueBalances? Current => Volatile.Read(ref _current);

    /// <summary>Whether a message was missed, so that only another snapshot helps.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Updates that were told before, and those that came after a gap.</summary>
    public long Ignored { get; private set; }

    /// <summary>Whatever was known is of a subscription that has ended.</summary>
    public void Forget()
    {
        IsLost = false;
        _lastSequence = 0;
        Volatile.Write(ref _current, null);
    }

    /// <param name="now">When the message was received, UTC nanoseconds.</param>
    public void Take(BalancesMessage message, long now)
    {
        if (message.IsSnapshot)
        {
            IsLost = false;
            Apply(message, ImmutableSortedDictionary<Asset, decimal>.Empty, now);
        }
        else if (IsLost || message.Sequence <= _lastSequence)
        {
            Ignored++;
        }
        else if (Current is { } before && message.Sequence == _lastSequence + 1)
        {
            Apply(message, before.ByAsset, now);
        }
        else
        {
            Forget();
            IsLost = true;
        }
    }

    private void Apply(BalancesMessage message, ImmutableSortedDictionary<Asset, decimal> before, long now)
    {
        var balances = before.ToBuilder();
        foreach (var row in message.Rows)
        {
            // Version 2 names assets by their common codes; a suffix still marks what cannot be spent.
            var (code, isSpendable) = Symbols.BalanceAsset(row.Asset, FrozenDictionary<string, string>.Empty);
            if (isSpendable && row.IsTradable && Asset.IsCode(code))
            {
                balances[new Asset(code)] = row.Balance;
            }
        }

        _lastSequence = message.Sequence;
        Volatile.Write(ref _current, new VenueBalances(balances.ToImmutable(), now));
    }
}

/// <summary>Balances of the main spot wallet, as they stood after one message.</summary>
/// <param name="ByAsset">Common codes. What open orders hold is part of a balance; an asset that is absent was never held.</param>
/// <param name="Time">When the last message was received, UTC nanoseconds.</param>
public sealed record VenueBalances(ImmutableSortedDictionary<Asset, decimal> ByAsset, long Time);
