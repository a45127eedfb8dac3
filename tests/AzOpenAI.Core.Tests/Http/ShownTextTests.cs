using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tests.Http;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("FZ4tQ0m1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789FZ4tQ0m1aBcDeFgHiJkLmNoPqRsTuVwXyZ012345")]
    [InlineData("Bearer 0123456789abcdef0123456789abcdef")]
    [InlineData("abcdefghijklmnopqrstuvwxyzABCDEFGH")]
    [InlineData("sk-proj-abc")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2ln")]
    [InlineData("user:pass@host")]
    [InlineData("https://user:pass@host/")]
    [InlineData(" 0123456789abcdef0123456789abcdef\r\n")]
    public void What_may_be_a_secret_is_not_shown(string text) => Assert.Equal(ShownText.Hidden, ShownText.Name(text));

    [Theory]
    [InlineData("prod")]
    [InlineData("contoso-production-swedencentral")]
    [InlineData("gpt-5-mini")]
    [InlineData("my connection 2 for the team in Sweden")]
    public void A_name_is_shown(string text) => Assert.Equal(text, ShownText.Name(text));

    [Theory]
    [InlineData("https://user:pass@host/a/b?key=x#y", "https://host/a/b")]
    [InlineData("https://user:pa@ss@host/a", "https://host/a")]
    [InlineData("models?subscription-key=x", "models")]
    [InlineData("//user:pass@host/a", "(not shown)@host/a")]
    [InlineData("https:/user:pass@host/a", "(not shown)@host/a")]
    [InlineData("/subscriptions/x/resourceGroups/a@b", "/subscriptions/x/resourceGroups/a@b")]
    public void A_path_is_shown_without_user_and_query(string path, string shown) => Assert.Equal(shown, ShownText.Path(path));
}
