using System.Text;

namespace Parallax.Cli.Keys;

/// <summary>The terminal, or what was piped in instead of it.</summary>
internal sealed class ConsoleInput : ITypedInput
{
    private static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(20);

    public bool IsTerminal => !Console.IsInputRedirected;

    public string? ReadLine(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Console.In.ReadLine();
    }

    public string? ReadSecret(CancellationToken cancellation) => IsTerminal ? ReadUnseen(cancellation) : ReadLine(cancellation);

    private static string ReadUnseen(CancellationToken cancellation)
    {
        var typed = new StringBuilder();
        while (true)
        {
            // To wait inside ReadKey would not hear Ctrl-C.
            while (!Console.KeyAvailable)
            {
                cancellation.WaitHandle.WaitOne(KeyPause);
                cancellation.ThrowIfCancellationRequested();
            }

            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return typed.ToString();
                case ConsoleKey.Backspace when typed.Length > 0:
                    typed.Length--;
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        typed.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
