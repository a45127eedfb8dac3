using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace AzOpenAI.Display;

/// <summary>
/// How PowerShell shows our objects when it doesn't use a view: in a script, for objects of another type than the first one. It prints these properties
/// as a list and unchanged, so text of a model comes from hidden properties that clean it. The loader registers the types in each import: a types file in the
/// manifest would be processed before the loader can reject a second version of the module.
/// </summary>
public static class TypeDisplay
{
    /// <summary>The properties to show, up to ten for a type.</summary>
    public static TypeData[] Create() =>
    [
        Shown<AzOpenAIException>("ErrorId", "Kind", "Message", "Suggestion", "StatusCode"),
        Shown<Blocklist>("Name", "ResourceName", "ResourceGroupName", "Description"),
        Shown<BlocklistItem>("Name", "BlocklistName", "ResourceName", "IsRegex", "Pattern"),
        Shown<CapacityRange>("Minimum", "Maximum", "Step", "Default", "AllowedValues"),
        Shown<ChatChoice>("Index", "Answer").With("Answer", DisplayText.OfChoice).Keeping<ChatChoice>(),
        Shown<ChatCompletion>("Answer").With("Answer", DisplayText.OfCompletion).Keeping<ChatCompletion>(),
        Shown<ChatContentPart>("Type", "MediaType", "FileName", "FileId", "Url"),
        Shown<ChatMessage>("Text").With("Text", DisplayText.OfMessage).Keeping<ChatMessage>(),
        Shown<ChatRequest>("Deployment", "Messages", "MaxTokens", "Temperature"),
        Shown<ChatResponseSchema>("Name", "Description", "Strict", "Schema"),
        Shown<ChatStreamEvent>("ChoiceIndex", "Piece").With("Piece", DisplayText.OfAny).Keeping<ChatStreamEvent>(),
        Shown<ChatToolDefinition>("Name", "Description", "Strict", "Schema"),
        Shown<CloudEnvironment>("Name", "ManagementEndpoint", "AuthorityHost", "DataPlaneSuffixes", "IsEmulator"),
        Shown<CodeSampleRequest>("Kind", "Deployment", "Connection", "Message"),
        Shown<CompletionRequest>("Deployment", "Prompts", "MaxTokens", "Temperature"),
        Shown<CompletionStreamEvent>("Position", "Piece").With("Piece", DisplayText.OfAny).Keeping<CompletionStreamEvent>(),
        Shown<Connection>("Name", "Kind", "Endpoint", "Authentication", "Deployment", "ApiVersion", "IsDefault"),
        Shown<ContentFilter>("Name", "ResourceName", "Mode", "Hate", "Sexual", "SelfHarm", "Violence", "Jailbreak", "Blocklists", "Changed"),
        Shown<ContentFilterBlocklist>("Name", "Side", "Blocking"),
        Shown<ContentFilterResult>("Category", "Side", "Index", "Filtered", "Severity", "Detected", "Error"),
        Shown<ContentFilterRule>("Category", "Side", "Level"),
        Shown<Context>("SubscriptionName", "SubscriptionId", "TenantId", "Environment", "CredentialSource", "Account", "DefaultDeployment"),
        Shown<Conversation>("Name", "Turns", "MaxTurns", "Tokens", "MaxTokens", "Calls", "Usage", "Dropped"),
        Shown<ConversationDropped>("Turns", "Messages", "Tokens"),
        Shown<DeletedResource>("Name", "ResourceGroupName", "Location", "Kind", "DeletedAt", "PurgeDate", "DaysLeft"),
        Shown<Deployment>("Name", "ResourceName", "Model", "Version", "Sku", "Capacity", "TokensPerMinute", "ProvisioningState", "DaysLeft", "Changed")
            .Also("TPM", "TokensPerMinute").Also("RPM", "RequestsPerMinute").Keeping<Deployment>(),
        Shown<DeploymentCheck>("Passed", "Location", "ResourceName", "Model", "Version", "Sku", "Capacity", "QuotaFree", "Problems"),
        Shown<DeploymentProblem>("Code", "Message", "Suggestion"),
        Shown<EmbeddingAnswer>("Model", "PromptTokens", "RateLimit"),
        Shown<EmbeddingRequest>("Deployment", "Texts", "Dimensions"),
        Shown<EmulatorInstance>("ProcessId", "Uri", "HttpsUri", "CertificatePath", "SubscriptionId", "StartedAt"),
        Shown<KeyRotation>("ResourceName", "ResourceGroupName", "RegeneratedKey", "UnchangedKey", "Verified", "HandedOver"),
        Shown<Model>("Name", "Version", "Format", "Location", "IsDefaultVersion", "LifecycleStatus", "RetirementDate", "DaysLeft", "Skus", "MaxContextTokens"),
        Shown<ModelSku>("Name", "UsageName", "Capacity", "RateLimits", "DeprecationDate"),
        Shown<PlainTextResourceKey>("ResourceName", "Endpoint", "ClassicEndpoint", "Key1", "Key2", "Deployment"),
        Shown<PropertyDrift>("Property", "Was", "Is"),
        Shown<RateLimit>("Key", "Count", "RenewalPeriodSeconds", "PerMinute"),
        Shown<RateLimitState>("LimitRequests", "RemainingRequests", "LimitTokens", "RemainingTokens"),
        Shown<RegionAvailability>("Location", "Available", "Model", "Version", "Sku", "QuotaFree", "QuotaLimit", "Stock", "Reason"),
        Shown<Resource>("Name", "ResourceGroupName", "Location", "Kind", "ProvisioningState", "Endpoint", "PublicNetworkAccess", "LocalAuthDisabled", "Changed"),
        Shown<ResourceAccess>("ResourceName", "Role", "PrincipalId", "PrincipalType", "Route", "Scope", "Inherited", "Changed"),
        Shown<ResourceKey>("ResourceName", "ResourceGroupName", "Endpoint", "ClassicEndpoint", "Authentication", "Deployment"),
        Shown<RotatedKey>("ResourceName", "ResourceGroupName", "Endpoint", "KeyName", "UnchangedKey", "Verified", "Deployment"),
        Shown<SecretReference>("Store", "Name", "Vault"),
        Shown<ServiceResponse>("StatusCode", "Address", "RequestId", "Content"),
        Shown<ServiceUri>("AbsoluteUri"),
        Shown<ShownEntry>("Entry").With("Entry", DisplayText.OfAny).Keeping<ShownEntry>(),
        Shown<Subscription>("Name", "SubscriptionId", "TenantId", "State"),
        Shown<TextCompletion>("Answer").With("Answer", DisplayText.OfTextCompletion).Keeping<TextCompletion>(),
        Shown<TextEmbedding>("Index", "Dimensions", "Model", "PromptTokens"),
        Shown<TokenLogProb>("Text", "LogProb", "Probability").With("Text", DisplayText.OfToken).Keeping<TokenLogProb>(),
        Shown<TokenSource>("Source"),
        Shown<TokenUsage>("PromptTokens", "CompletionTokens", "TotalTokens", "CachedTokens", "ReasoningTokens"),
        Shown<Tool>("Name", "Command", "AllowUnattended", "Parameters", "Description"),
        Shown<ToolCall>("Call").With("Call", DisplayText.OfAny).Keeping<ToolCall>(),
        Shown<ToolRun>("Round", "Call", "Status", "Result", "Duration").With("Call", DisplayText.OfRun).With("Result", DisplayText.OfOutput).Keeping<ToolRun>(),
        Shown<Usage>("Name", "Location", "Sku", "Models", "Used", "Limit", "Free", "Unit"),
    ];

    private static TypeData Shown<T>(params string[] names) => new(typeof(T)) { DefaultDisplayPropertySet = new PropertySetData(names) };

    private static TypeData With(this TypeData type, string name, Func<PSObject, string> text)
    {
        type.Members.Add(name, new CodePropertyData(name, text.Method) { IsHidden = true });
        return type;
    }

    private static TypeData Also(this TypeData type, string name, string property)
    {
        type.Members.Add(name, new AliasPropertyData(name, property) { IsHidden = true });
        return type;
    }

    /// <summary>Objects in CLIXML and from jobs aren't affected: hidden properties would be serialized, and then be visible.</summary>
    private static TypeData Keeping<T>(this TypeData type)
    {
        type.SerializationMethod = "SpecificProperties";
        IEnumerable<PropertyInfo> properties = typeof(T).GetProperties().Concat(typeof(T).GetInterfaces().SelectMany(static type => type.GetProperties()));
        type.PropertySerializationSet = new PropertySetData(properties.Select(static property => property.Name).Distinct());
        return type;
    }
}
