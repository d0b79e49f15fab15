using Parallax.Domain;
using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>Fields that are more than their bytes: what does not keep to the type's own rules is a malformed record, nothing else.</summary>
internal static class PayloadFields
{
    /// <exception cref="MalformedRecordException">The payload ends early, or the text is no asset code.</exception>
    public static Asset Asset(this ref PayloadReader reader)
    {
        var code = reader.Text();
        return Domain.Asset.IsCode(code) ? new Asset(code) : throw new MalformedRecordException("An asset field holds no asset code.");
    }

    /// <summary>An asset that may be absent: written as an empty text, read as <see langword="default"/>.</summary>
    /// <exception cref="MalformedRecordException">As <see cref="Asset"/>.</exception>
    public static Asset AssetOrNone(this ref PayloadReader reader)
    {
        var code = reader.Text();
        return code.Length == 0 ? default
            : Domain.Asset.IsCode(code) ? new Asset(code)
            : throw new MalformedRecordException("An asset field holds no asset code.");
    }

    /// <exception cref="MalformedRecordException">The payload ends early, or the text is no venue's name.</exception>
    public static VenueId Venue(this ref PayloadReader reader)
    {
        var name = reader.Text();
        try
        {
            return new VenueId(name);
        }
        catch (ArgumentException wrong)
        {
            throw new MalformedRecordException("A venue field holds no venue's name.", wrong);
        }
    }
}
