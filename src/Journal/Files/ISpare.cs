namespace Parallax.Journal.Files;

/// <summary>Room on a disk that is set aside while there is enough of it, and given back when there is none left: then what has to be said can still be written.</summary>
public interface ISpare
{
    /// <summary>For people: the folder whose disk it is about.</summary>
    string Folder { get; }

    /// <summary>What anybody may still write there, bytes; 0 when nobody can tell.</summary>
    long FreeBytes { get; }

    /// <summary>Sets the room aside; nothing to do while it is.</summary>
    /// <returns>False while there is not that much.</returns>
    bool TryStand();

    /// <summary>Gives it back.</summary>
    /// <returns>False when there was nothing to give.</returns>
    bool GiveBack();
}
