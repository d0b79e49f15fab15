using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parallax.Dashboard.Tests;

/// <summary>Requests that change something.</summary>
internal static class Control
{
    public static async Task<HttpResponseMessage> PostAsync(
        RunningDesk desk, string path, string body, string? token = DeskFixture.Token, string? key = null, CancellationToken cancellation = default)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/control/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        post.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            post.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await desk.Client.SendAsync(post, cancellation);
    }

    /// <returns>What is said to people.</returns>
    public static async Task<string> RefusedAsync(
        RunningDesk desk, string path, string body, HttpStatusCode status, string code, string? token = DeskFixture.Token, string? key = null)
    {
        using var answer = await PostAsync(desk, path, body, token, key);
        Assert.Equal(status, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
