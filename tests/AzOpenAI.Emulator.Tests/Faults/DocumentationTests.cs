using AzOpenAI.Emulator.DataPlane;
using AzOpenAI.Emulator.DataPlane.Filters;
using AzOpenAI.Emulator.Faults;

namespace AzOpenAI.Emulator.Tests.Faults;

/// <summary>docs/emulator.md names everything that a test can ask the emulator for.</summary>
public sealed class DocumentationTests : EmulatorFixture
{
    private static string Text => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "emulator.md"));

    [Fact]
    public void Errors_faults_and_filter_categories_are_documented()
    {
        string text = Text;
        string[] names =
        [
            .. NamedErrors.Names, .. FaultKind.All, .. FilterCategories.Known(FilterSource.Prompt), .. FilterCategories.Known(FilterSource.Completion),
        ];
        Assert.DoesNotContain(names.Distinct(), name => !text.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_documented()
    {
        string text = Text;
        string[] names = [.. (await ControlAsync("GET", "settings")).Json.AsObject().Select(s => s.Key)];
        Assert.True(names.Length > 10);
        Assert.DoesNotContain(names, name => !text.Contains($"| `{name}` |", StringComparison.Ordinal));
    }
}
