namespace AzOpenAI.Cli.Quickstart;

/// <summary>Names and IDs of what a run creates. They are unique, so that existing objects aren't affected.</summary>
internal sealed class QuickstartNames
{
    private readonly string _suffix = Guid.NewGuid().ToString("N")[..8];

    public string Group => $"rg-azopenai-quickstart-{_suffix}";

    public string Resource => $"azopenai-quickstart-{_suffix}";

    public string GroupId(string subscription) => $"/subscriptions/{subscription}/resourceGroups/{Group}";

    public string ResourceId(string subscription) => $"{GroupId(subscription)}/providers/Microsoft.CognitiveServices/accounts/{Resource}";

    public string DeletedResourceId(string subscription, string location) =>
        $"/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}/resourceGroups/{Group}/deletedAccounts/{Resource}";

    /// <summary>The command to remove the resource manually.</summary>
    public string RemoveCommand => $"Remove-AzOpenAIResource -ResourceGroupName {Group} -Name {Resource} -Purge";
}
