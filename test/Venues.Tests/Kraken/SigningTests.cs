using System.Text;
using System.Text.Json;
using Parallax.Testing;
using Parallax.Venues.Kraken;

namespace Parallax.Venues.Tests.Kraken;

public sealed class SigningTests
{
    public static TheoryData<string, int, string> Vectors => KrakenFixtures.Cases("auth_vectors*.json");

    [SharedTheory]
    [Trait("Category", "Fixtures")]
    [MemberData(nameof(Vectors))]
    public void Signature_is_the_one_given(string file, int index, string name)
    {
        using var document = JsonDocument.Parse(KrakenFixtures.Read(file));
        var vector = document.RootElement[index];
        string Text(string field) => vector.GetProperty(field).ToString();
        var sign = Signing.ApiSign(Text("secret"), Text("path"), Text("nonce"), Encoding.UTF8.GetBytes(Text("body")));
        Assert.True(Text("api_sign") == sign, name);
    }

    [Fact]
    public void A_secret_that_is_no_base64_is_refused() =>
        Assert.Throws<FormatException>(() => Signing.ApiSign("not base64!", "/0/private/Balance", "1", "nonce=1"u8));
}
