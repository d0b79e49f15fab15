using System.Net;
using System.Net.Sockets;
using Parallax.Cli.Config;

namespace Parallax.Cli.Doctor;

/// <summary>Whether the page can listen where it is told to.</summary>
public sealed class PortCheck : ICheck
{
    private const string Name = "port";

    public Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        var address = surroundings.Settings.Get(SettingCatalog.HttpBind);
        var port = (int)surroundings.Settings.Get(SettingCatalog.HttpPort);
        return Task.FromResult<IReadOnlyList<Finding>>([Look(surroundings, address, port)]);
    }

    private static Finding Look(Surroundings surroundings, IPAddress address, int port)
    {
        if (port == 0)
        {
            return Finding.Ok(Name, "The page takes any port that is free.");
        }

        if (surroundings.Instance is { } instance && instance.Address.Port == port)
        {
            return Finding.Ok(Name, $"{port} is held by the {instance.Mode} session that runs (process {instance.Pid}).");
        }

        try
        {
            using var listener = new TcpListener(address, port) { ExclusiveAddressUse = true };
            listener.Start();
            return Finding.Ok(Name, $"{port} on {address} is free for the page.");
        }
        catch (SocketException wrong)
        {
            const string Mend = "end that program, or choose another port: --port, or http.port";
            return wrong.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => Finding.Fail(Name, $"Another program listens on port {port} of {address}.", Mend),
                SocketError.AddressNotAvailable => Finding.Fail(Name, $"This machine has no network address {address}.", "set http.bind to 127.0.0.1, or to an address of this machine"),
                SocketError.AccessDenied => Finding.Fail(Name, $"Port {port} is not for this user.", "choose one above 1023: --port, or http.port"),
                _ => Finding.Fail(Name, $"Port {port} of {address} cannot be listened on: {wrong.Message}.", Mend),
            };
        }
    }
}
