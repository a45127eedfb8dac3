using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Tests.Management.Models;

/// <summary>Models of other publishers have formats of their own.</summary>
public sealed class ModelChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly Model[] Offered =
    [
        Make("OpenAI", "gpt-5-mini", "1"), Make("DeepSeek", "DeepSeek-R1", "1"), Make("DeepSeek", "DeepSeek-R1", "2"), Make("OpenAI", "shared", "1"), Make("Meta", "shared", "9"),
    ];

    [Theory]
    [InlineData("gpt-5-mini", null, "OpenAI", "1")]
    [InlineData("deepseek-r1", null, "DeepSeek", "2")]
    [InlineData("DeepSeek-R1", "deepseek", "DeepSeek", "2")]
    [InlineData("shared", "Meta", "Meta", "9")]
    public void The_format_is_the_one_that_the_catalogue_has_the_name_in(string name, string? format, string expected, string version)
    {
        ModelChoice choice = ModelChoice.Of(Offered, name, null, format, "eastus", Now);
        Assert.Equal((expected, version), (choice.Model?.Format, choice.Model?.Version));
    }

    [Theory]
    [InlineData("shared", null, "ModelFormatAmbiguous")]
    [InlineData("DeepSeek-R1", "OpenAI", "ModelNotOffered")]
    [InlineData("DeepSeek-R9", null, "ModelNotOffered")]
    public void What_cannot_be_told_is_said(string name, string? format, string errorId)
    {
        ModelChoice choice = ModelChoice.Of(Offered, name, null, format, "eastus", Now);
        Assert.Null(choice.Model);
        Assert.Equal(errorId, Assert.Single(choice.Findings).ErrorId);
    }

    [Fact]
    public void The_format_that_was_found_is_the_one_that_is_sent()
    {
        DeploymentRequest request = new() { Resource = ScriptedArm.Resource, Model = "deepseek-r1", Sku = "GlobalStandard" };
        DeploymentCheck check = new() { Location = "eastus", Model = "DeepSeek-R1", Format = "DeepSeek", Sku = "GlobalStandard" };

        Assert.Contains("\"format\":\"DeepSeek\",\"name\":\"DeepSeek-R1\"", DeploymentBody.Create(request, check).ToString(), StringComparison.Ordinal);
        Assert.Contains("\"format\":\"OpenAI\"", DeploymentBody.Create(request, null).ToString(), StringComparison.Ordinal);
    }

    private static Model Make(string format, string name, string version) => new() { Format = format, Name = name, Version = version, Location = "eastus" };
}
