namespace Parallax.Dashboard.Alerts;

/// <summary>How a channel does. Immutable.</summary>
/// <param name="Sent">Alerts delivered since the session began.</param>
/// <param name="Expired">Alerts that grew too old before they could be delivered.</param>
/// <param name="Failures">In a row; zero while it works.</param>
/// <param name="Trouble">Why the last attempt failed, one sentence without secrets; null while it works.</param>
public sealed record ChannelHealth(string Name, long Sent, long Expired, int Failures, string? Trouble)
{
    public bool IsWorking => Trouble is null;
}
