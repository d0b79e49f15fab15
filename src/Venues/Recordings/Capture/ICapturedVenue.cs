using Parallax.Venues.Recordings.Messages;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>How the frames and HTTP answers of one venue are read out of a captured session. One instance a pass.</summary>
internal interface ICapturedVenue
{
    /// <param name="answer">The body of the answer.</param>
    void TakeHttp(ReadOnlySpan<byte> url, ReadOnlySpan<byte> answer, long receivedTime, long line, MessageQueue output);

    void TakeFrame(ReadOnlySpan<byte> frame, long receivedTime, long line, MessageQueue output);

    /// <summary>The capture has ended.</summary>
    void End();
}
