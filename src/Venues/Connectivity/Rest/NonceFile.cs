using System.Buffers.Binary;
using Parallax.MarketData.Checksums;

namespace Parallax.Venues.Connectivity.Rest;

/// <summary>Keeps over a restart, or the loss of power, up to which number a key's nonces may have been used.</summary>
/// <remarks>
/// Two slots of 16 bytes, written in turn, each the number (little-endian), its CRC-32 and four zero bytes: a torn write spoils one slot
/// only, and no number above the other slot's was given out before the write was whole. One process at a time: the file is locked while
/// it is open.
/// </remarks>
public sealed class NonceFile : IDisposable
{
    private const int SlotBytes = 16;

    private readonly FileStream _file;
    private int _nextSlot;

    private NonceFile(FileStream file, ulong reserved, int nextSlot) => (_file, Reserved, _nextSlot) = (file, reserved, nextSlot);

    /// <summary>Every number up to this one may have been used; zero for none.</summary>
    public ulong Reserved { get; private set; }

    /// <param name="path">Made when it is not there.</param>
    /// <exception cref="IOException">Another process has it open, or it is no such file; says which.</exception>
    public static NonceFile Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException held) when (File.Exists(path))
        {
            throw new IOException($"The nonces of this key are in use by another process ({path}): give each process a key of its own.", held);
        }

        var bytes = new byte[2 * SlotBytes];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var (first, second) = (Read(bytes.AsSpan(0, SlotBytes)), Read(bytes.AsSpan(SlotBytes)));
        if (length > 0 && first is null && second is null)
        {
            file.Dispose();
            throw new IOException($"{path} holds no nonce that can be read. Delete it only when no request was sent with a clock ahead of the present one.");
        }

        return new NonceFile(file, Math.Max(first ?? 0, second ?? 0), (first ?? 0) >= (second ?? 0) && first is not null ? 1 : 0);
    }

    /// <summary>Sets numbers aside: durable when it returns.</summary>
    /// <param name="upTo">Not below <see cref="Reserved"/>.</param>
    public void Reserve(ulong upTo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(upTo, Reserved);
        Write(upTo);
    }

    /// <summary>Gives back what was set aside and never used, so that numbers do not run ahead of the clock with every restart.</summary>
    /// <param name="used">The highest number that was used; nothing is given out after this.</param>
    /// <remarks>Both slots: the higher one counts, so that until the second write nothing has changed.</remarks>
    public void GiveBack(ulong used)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(used, Reserved);
        Write(used);
        Write(used);
    }

    private void Write(ulong upTo)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(slot, upTo);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[8..], Crc32.Of(slot[..8]));
        RandomAccess.Write(_file.SafeFileHandle, slot, _nextSlot * SlotBytes);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        _nextSlot = 1 - _nextSlot;
        Reserved = upTo;
    }

    public void Dispose() => _file.Dispose();

    private static ulong? Read(ReadOnlySpan<byte> slot) =>
        BinaryPrimitives.ReadUInt32LittleEndian(slot[8..]) == Crc32.Of(slot[..8]) && slot.ContainsAnyExcept((byte)0)
            ? BinaryPrimitives.ReadUInt64LittleEndian(slot)
            : null;
}
