namespace Parallax.Simulation.Drill.Network;

/// <summary>Why a venue turns away whatever we ask, before it looks at what that is.</summary>
/// <param name="Reason">The stable code with which the gateway halts the venue.</param>
/// <param name="Text">The venue's words.</param>
public sealed record VenueDenial(string Reason, string Text)
{
    public static readonly VenueDenial Nonce = new("nonce", "invalid nonce");

    public static readonly VenueDenial Banned = new("banned", "forbidden");

    public static readonly VenueDenial KeyRevoked = new("key-revoked", "permission denied");
}
