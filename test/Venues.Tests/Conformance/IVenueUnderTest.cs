using Parallax.Domain;
using Parallax.MarketData.Records;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Venues.Tests.Conformance;

/// <summary>A venue's adapter with a venue that says and does what a scenario asks for: what a venue has to bring to be tested.</summary>
public interface IVenueUnderTest
{
    string Name { get; }

    /// <summary>A feed of one instrument, not connected yet.</summary>
    IFeedUnderTest Feed();

    /// <summary>A gateway whose private feed stands, with one order of 100 lots on its way.</summary>
    IOrdersUnderTest Orders();

    /// <summary>Whether the way to the account is the one that others have passed: then there is nothing new to be learned about it.</summary>
    bool IsAccountPlain { get; }

    /// <summary>A gateway and a whole venue with an account, over real sockets.</summary>
    Task<IAccountUnderTest> AccountAsync();
}

/// <summary>What can happen to one instrument's book on its way, in any venue's words.</summary>
public interface IFeedUnderTest : IDisposable
{
    /// <summary>The connection stands, and the adapter has sent what it sends first.</summary>
    void Connect();

    /// <summary>The connection is gone.</summary>
    void Disconnect();

    void Snapshot();

    /// <summary>A snapshot whose levels are not those that its checksum, or whatever the venue has for it, was made of.</summary>
    void SpoiledSnapshot();

    /// <summary>The best bid changes its quantity.</summary>
    void Change(int lots);

    /// <summary>The best bid disappears.</summary>
    void Delete();

    /// <summary>The second best bid changes, and the message is lost on its way.</summary>
    void LoseChange(int lots);

    /// <summary>The last message once more.</summary>
    void Repeat();

    /// <summary>A change whose message ends in the middle.</summary>
    void CutShort();

    /// <summary>A message of a kind that nobody told the adapter about.</summary>
    void UnknownType();

    /// <summary>Whether the adapter wants this connection to end.</summary>
    bool IsEnded { get; }

    /// <summary>Whether the adapter asked for a fresh book since this was asked last.</summary>
    bool TookFreshBookRequest();

    /// <summary>Whether the engine's book may be traded on.</summary>
    bool IsLive { get; }

    /// <summary>Whether the engine's book is live and holds exactly what the venue's does.</summary>
    bool IsRight { get; }

    /// <summary>Snapshots and deltas that reached the engine.</summary>
    int BookRecords { get; }

    IReadOnlyList<FeedState> States { get; }
}

/// <summary>What can happen to an order of 100 lots, in any venue's words.</summary>
public interface IOrdersUnderTest
{
    void Accept();

    void Reject();

    /// <param name="trade">Which trade: the same number is the same trade.</param>
    void Fill(int trade, long lots);

    /// <summary>The order is over, and the venue says how many lots it filled.</summary>
    void End(long filledLots);

    /// <summary>The deadline passes and nothing is heard.</summary>
    void Silence();

    /// <summary>The engine asks, and the venue knows one trade of so many lots, after which the order ended.</summary>
    void AnswerWith(int trade, long lots);

    /// <summary>The engine asks, and the venue knows no such order.</summary>
    void AnswerAbsent();

    /// <summary>What the engine was told, in order.</summary>
    IReadOnlyList<OrderEvent> Told { get; }
}

/// <summary>What can happen on a whole account, in any venue's words. Times are those of a real machine: nothing is judged by them.</summary>
public interface IAccountUnderTest : IAsyncDisposable
{
    IOrderGateway Gateway { get; }

    /// <summary>Sends an order that rests, and waits until the venue has it.</summary>
    /// <param name="plan">A number of its own.</param>
    Task<ClientOrderId> RestAsync(int plan);

    /// <summary>Sends so many orders that trade nothing, and waits until each has ended.</summary>
    /// <returns>Why each was refused; empty texts for those that were not.</returns>
    Task<IReadOnlyList<string>> SendManyAsync(int count);

    /// <summary>Sends an order by the way that may fail while the other is down, and the venue fails with an answer that says nothing.</summary>
    Task<ClientOrderId> SendIntoFailureAsync(int plan);

    /// <summary>Asks for the account and waits for the whole answer.</summary>
    Task<IReadOnlyList<Statement>> SurveyAsync();

    /// <summary>Somebody deposits, and trades by hand.</summary>
    Task<(decimal Deposit, decimal Bought)> UseByHandAsync();

    Task<IReadOnlyDictionary<Asset, decimal>> BalancesAsync();

    /// <summary>Wants the venue to take everything back when it does not hear of us, or wants that no more.</summary>
    void WantDeadMan(bool isWanted);

    Task<bool> IsDeadManSetAsync();

    /// <summary>Another process uses the same key, with numbers far ahead; then the gateway asks something.</summary>
    Task UseKeyElsewhereAsync();

    IReadOnlyList<OrderEvent> Of(ClientOrderId id);

    IReadOnlyList<VenueStatus> Statuses { get; }

    /// <summary>Waits as long as a loaded machine may need, and no longer than makes sense when it will never be.</summary>
    Task<bool> BecomesAsync(Func<Task<bool>> condition);
}
