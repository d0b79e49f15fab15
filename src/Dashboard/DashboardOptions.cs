using System.Net;
using Parallax.Dashboard.Alerts;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard;

/// <summary>Where the page is served and what it may show and do.</summary>
public sealed record DashboardOptions
{
    /// <summary>0 for any free port; <see cref="DashboardHost.Address"/> says which. Default 9090.</summary>
    public int Port { get; init; } = 9090;

    /// <summary>Default the loopback. On any other address reading needs the token too.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Names besides the loopback's by which a browser may ask for the page; another name in the Host header is refused.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>What an operator has to show to stop or resume trading; see <see cref="Access.OperatorToken"/>.</summary>
    public required string Token { get; init; }

    /// <summary>The session's journal: the explain view reads plans from it.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>Null where orders are not real: then there is nothing to arm.</summary>
    public IArmedSession? Arming { get; init; }

    /// <summary>How the channels do by which people are told of what happens; empty without any. Asked at every look.</summary>
    public Func<IReadOnlyList<ChannelHealth>> Alerts { get; init; } = () => [];

    /// <summary>Null where the settings do not change while the session runs.</summary>
    public ITunedSession? Tuning { get; init; }

    /// <summary>Of the program, for the foot of the page.</summary>
    public required string Version { get; init; }
}
