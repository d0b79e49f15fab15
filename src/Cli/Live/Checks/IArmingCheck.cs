using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Live.Checks;

/// <summary>One thing that has to be true before real orders leave. What cannot be found out has not passed.</summary>
internal interface IArmingCheck
{
    Task<ArmingCheck> LookAsync(CancellationToken cancellation);
}
