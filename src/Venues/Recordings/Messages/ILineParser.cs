using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Messages;

/// <summary>Turns the lines of one recording into messages. One instance a file and a pass.</summary>
internal interface ILineParser
{
    /// <summary>Parses one line, which is not empty.</summary>
    /// <param name="line">Without its end; valid UTF-8.</param>
    /// <param name="lineNumber">Counted from 1.</param>
    /// <param name="output">Empty when called; takes what the line completed, its received times never decreasing.</param>
    /// <exception cref="BadLineException">
    /// The line is not what the format promises. The message is a clause without file and line; nothing of the line was taken.
    /// </exception>
    /// <exception cref="System.Text.Json.JsonException">As above, for a line that is no JSON.</exception>
    void Parse(ReadOnlySpan<byte> line, long lineNumber, MessageQueue output);

    /// <summary>The file has ended: hands over what was held back for further lines.</summary>
    void End(MessageQueue output);
}
