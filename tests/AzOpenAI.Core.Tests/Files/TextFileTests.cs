using AzOpenAI.Core.Files;

namespace AzOpenAI.Core.Tests.Files;

public sealed class TextFileTests : IDisposable
{
    private const UnixFileMode AllMayReadAndWrite = (UnixFileMode)0b110_110_110;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("azopenai-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.FullName, "azure.env");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_file_holds_the_text_and_nothing_else_is_left()
    {
        await WriteAsync("a=1\n");
        Assert.Equal("a=1\n"u8.ToArray(), await File.ReadAllBytesAsync(Target, Stop));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task A_file_with_a_key_is_its_owners_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await File.WriteAllTextAsync(Target, "old", Stop);
        SetMode(AllMayReadAndWrite);
        await WriteAsync("key=k\n", isSecret: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode());
    }

    [Fact]
    public async Task A_file_that_gets_a_key_added_is_made_for_its_owner_and_keeps_the_mode_it_has()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await TextFile.AppendAsync(Target, "key=k\n", isSecret: true, Stop);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode());
        SetMode(AllMayReadAndWrite);
        await TextFile.AppendAsync(Target, "key=l\n", isSecret: true, Stop);
        Assert.Equal(AllMayReadAndWrite, Mode());
    }

    [Fact]
    public async Task Without_a_key_a_file_keeps_its_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await File.WriteAllTextAsync(Target, "old", Stop);
        SetMode(AllMayReadAndWrite);
        await WriteAsync("a=1\n");
        Assert.Equal(AllMayReadAndWrite, Mode());
    }

    [Fact]
    public async Task An_existing_file_is_replaced_unless_that_is_forbidden()
    {
        await WriteAsync("a=1\n");
        await WriteAsync("a=2\n");
        AzOpenAIException failure = await Assert.ThrowsAsync<AzOpenAIException>(() => WriteAsync("a=3\n", noClobber: true));
        Assert.Equal("ConfigurationFileExists", failure.ErrorId);
        Assert.Equal("a=2\n", await File.ReadAllTextAsync(Target, Stop));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task A_read_only_file_needs_force()
    {
        await WriteAsync("a=1\n");
        new FileInfo(Target).IsReadOnly = true;
        AzOpenAIException failure = await Assert.ThrowsAsync<AzOpenAIException>(() => WriteAsync("a=2\n"));
        Assert.Equal("ConfigurationFileReadOnly", failure.ErrorId);
        await WriteAsync("a=3\n", force: true);
        Assert.Equal("a=3\n", await File.ReadAllTextAsync(Target, Stop));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own on Windows.");
        string real = Path.Combine(_folder.FullName, "real.env");
        await File.WriteAllTextAsync(real, "old", Stop);
        File.CreateSymbolicLink(Target, real);
        await WriteAsync("a=1\n");
        Assert.Equal("a=1\n", await File.ReadAllTextAsync(real, Stop));
        Assert.NotNull(new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_one_clear_error()
    {
        string path = Path.Combine(_folder.FullName, "missing", "azure.env");
        AzOpenAIException failure = await Assert.ThrowsAsync<AzOpenAIException>(() => TextFile.WriteAsync(path, "a", false, false, false, Stop));
        Assert.Equal("ConfigurationFileFailed", failure.ErrorId);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Equal("ConfigurationFileFailed", (await Assert.ThrowsAsync<AzOpenAIException>(() => TextFile.AppendAsync(path, "a", false, Stop))).ErrorId);
    }

    [Fact]
    public async Task A_target_that_is_a_folder_stays_what_it_is()
    {
        Directory.CreateDirectory(Target);
        Assert.Equal("ConfigurationFileFailed", (await Assert.ThrowsAsync<AzOpenAIException>(() => WriteAsync("a"))).ErrorId);
        Assert.True(Directory.Exists(Target));
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_the_old_file()
    {
        await WriteAsync("a=1\n");
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TextFile.WriteAsync(Target, "a=2\n", true, false, false, cancelled.Token));
        Assert.Equal("a=1\n", await File.ReadAllTextAsync(Target, Stop));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task What_is_added_begins_on_a_line_of_its_own()
    {
        await TextFile.AppendAsync(Target, "a=1\n", false, Stop);
        await TextFile.AppendAsync(Target, "b=2", false, Stop);
        await TextFile.AppendAsync(Target, "c=3\n", true, Stop);
        Assert.Equal("a=1\nb=2\nc=3\n", await File.ReadAllTextAsync(Target, Stop));
    }

    private void SetMode(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Target, mode);
    }

    private UnixFileMode Mode() => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(Target);

    private Task WriteAsync(string text, bool isSecret = false, bool noClobber = false, bool force = false) =>
        TextFile.WriteAsync(Target, text, isSecret, noClobber, force, Stop);
}
