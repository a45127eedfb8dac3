using System.Globalization;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>
/// Errors whose status, code or wording is unverified. They are kept in one place, so that they can be replaced by actual bodies;
/// clients should only rely on the status.
/// </summary>
internal static class UnverifiedArmErrors
{
    public static ReplyException MissingToken() => Unauthorized("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");

    public static ReplyException InvalidToken() => Unauthorized("InvalidAuthenticationToken", "The access token is invalid.");

    public static ReplyException ExpiredToken(DateTimeOffset now) => Unauthorized(
        "ExpiredAuthenticationToken",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The access token expiry UTC time '{now.AddHours(-1).UtcDateTime:MM/dd/yyyy HH:mm:ss}' is earlier than current UTC time '{now.UtcDateTime:MM/dd/yyyy HH:mm:ss}'."));

    public static ReplyException UnsupportedApiVersion(string type, string version, string location, IEnumerable<string> versions, IEnumerable<string> regions) =>
        ArmErrors.Gateway(
            400, "NoRegisteredProviderFound",
            $"No registered resource provider found for location '{location}' and API version '{version}' for type '{type}'. "
            + $"The supported api-versions are '{string.Join(", ", versions)}'. The supported locations are '{string.Join(", ", regions)}'.");

    public static ReplyException InvalidApiVersion(string version, IEnumerable<string> versions) => ArmErrors.Gateway(
        400, "InvalidApiVersionParameter", $"The api-version '{version}' is invalid. The supported versions are '{string.Join(',', versions)}'.");

    /// <summary>A type, or an operation on one, that the provider only has in a later API version.</summary>
    public static ReplyException TypeNotInVersion(string type, string version, IEnumerable<string> versions) => ArmErrors.Gateway(
        400, "InvalidResourceType",
        $"The resource type '{type}' could not be found in the namespace 'Microsoft.CognitiveServices' for api version '{version}'. "
        + $"The supported api-versions are '{string.Join(',', versions)}'.");

    public static ReplyException UnknownType(string path) => ArmErrors.Gateway(
        404, "InvalidResourceType", $"The resource type could not be found for the request path '{path}'.");

    public static ReplyException TenantThrottled(string kind, int seconds) => new(
        Errors.Simple(
            429, "TenantRequestsThrottled",
            $"Number of '{kind}' requests for tenant '{AzureState.TenantId}' actor '{AzureState.ObjectId}' exceeded. Please try again after '{seconds}' seconds.")
            .With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))
            .With("x-ms-failure-cause", "gateway"));

    public static ReplyException InvalidSkipToken(string token) => ArmErrors.Gateway(
        400, "InvalidSkipToken", $"The skip token '{token}' is not one that this list gave.");

    public static ReplyException UnknownNamespace(string name) =>
        ArmErrors.Gateway(404, "InvalidResourceNamespace", $"The resource namespace '{name}' is invalid.");

    public static ReplyException MethodNotAllowed(string method) =>
        ArmErrors.Gateway(405, "MethodNotAllowed", $"The requested resource does not support http method '{method}'.");

    public static ReplyException InvalidContent(string problem) => ArmErrors.Gateway(
        400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{problem}'.");

    public static ReplyException LocationRequired() =>
        ArmErrors.Gateway(400, "LocationRequired", "The location property is required for this definition.");

    public static ReplyException InvalidName(string name) => ArmErrors.Error(
        400, "InvalidResourceName",
        $"The resource name '{name}' is invalid: 2 to 64 characters, letters, digits, '_', '.' and '-', starting with a letter or a digit.");

    public static ReplyException InvalidGroupName(string name) => ArmErrors.Gateway(
        400, "InvalidResourceGroup", $"The provided resource group name '{name}' has invalid characters, ends with a period or is longer than 90 characters.");

    public static ReplyException GroupInOtherLocation(string name, string location, string wanted) => ArmErrors.Gateway(
        409, "InvalidResourceGroupLocation",
        $"Invalid resource group location '{wanted}'. The Resource group already exists in location '{location}' under the name '{name}'.");

    public static ReplyException AccountInOtherLocation(AccountState account, string wanted) => ArmErrors.Gateway(
        409, "InvalidResourceLocation",
        $"The resource '{account.Name}' already exists in location '{account.Region}' in resource group '{account.ResourceGroup}'. "
        + $"A resource with the same name cannot be created in location '{wanted}'. Please select a new resource name.");

    public static ReplyException GroupBeingDeleted(string group) => ArmErrors.Gateway(
        409, "ResourceGroupBeingDeleted", $"The resource group '{group}' is in deprovisioning state and cannot perform this operation.");

    public static ReplyException ParentNotFound(string type, string parentId) => ArmErrors.Gateway(
        404, "ParentResourceNotFound", $"Failed to perform 'write' on resource(s) of type '{type}', because the parent resource '{parentId}' could not be found.");

    public static ReplyException InvalidSubdomain(string subdomain) =>
        ArmErrors.Error(400, "BadRequest", $"Sub domain name '{subdomain}' is not valid");

    public static ReplyException SubdomainRequiredForNetworkRules() =>
        ArmErrors.Error(400, "BadRequest", "Network ACLs need a custom subdomain: set customSubDomainName.");

    public static ReplyException NothingToRestore(string id) =>
        ArmErrors.Error(404, "CanNotRestoreANonExistingResource", $"There is no soft-deleted resource with ID '{id}' to restore.");

    public static ReplyException CapacityOutOfRange(int capacity, CatalogueSku sku, CatalogueModel model) => ArmErrors.InvalidProperties(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The capacity {capacity} of SKU '{sku.Name}' is not valid for the model '{model}': it must be between {sku.Capacity.Minimum ?? 1} and "
            + $"{sku.Capacity.Maximum} in steps of {sku.Capacity.Step ?? 1}."));

    public static ReplyException InsufficientStock(int capacity, int available, string sku, CatalogueModel model, string region) => ArmErrors.Error(
        400, "InsufficientCapacity",
        string.Create(CultureInfo.InvariantCulture, $"The region '{region}' has {available} of the {capacity} capacity asked for in SKU '{sku}' of the model '{model}'."));

    public static ReplyException UnknownRaiPolicy(string name) =>
        ArmErrors.InvalidProperties($"The content filter '{name}' of account deployment does not exist.");

    public static ReplyException SystemRaiPolicy(string name) =>
        ArmErrors.Error(400, "BadRequest", $"The content filter '{name}' is managed by the system. It can be neither changed nor deleted.");

    public static ReplyException InvalidRaiPolicy(string problem) => ArmErrors.Error(400, "BadRequest", $"The content filter is invalid: {problem}");

    public static ReplyException InvalidBlocklist(string problem) => ArmErrors.Error(400, "BadRequest", $"The blocklist is invalid: {problem}");

    public static ReplyException InvalidBlocklistItem(string name, string problem) =>
        ArmErrors.Error(400, "BadRequest", $"The blocklist item '{name}' is invalid: {problem}");

    /// <summary>The service returns 400 for every read of a single item, although it is in the specification. Unverified: the body.</summary>
    public static ReplyException BlocklistItemReadRefused() =>
        ArmErrors.Error(400, "BadRequest", "Reading a single blocklist item is not supported. List the items of the blocklist.");

    public static ReplyException PauseNotSupported(string sku) =>
        ArmErrors.InvalidProperties($"The SKU '{sku}' of account deployment does not support pause and resume.");

    public static ReplyException InvalidKeyName(string name) =>
        ArmErrors.Error(400, "BadRequest", $"The key name '{name}' is not valid: Key1 or Key2.");

    public static ReplyException InvalidFilter(string filter) => ArmErrors.Gateway(400, "InvalidFilter", $"The filter '{filter}' is not supported.");

    public static ReplyException InvalidRoleAssignment(string problem) =>
        ArmErrors.Gateway(400, "BadRequestFormat", $"The role assignment is invalid: {problem}.");

    public static ReplyException RoleAssignmentNotFound(string name) =>
        ArmErrors.Gateway(404, "RoleAssignmentNotFound", $"The role assignment '{name}' is not found.");

    public static ReplyException RoleDefinitionNotFound(string id) =>
        ArmErrors.Gateway(404, "RoleDefinitionDoesNotExist", $"The specified role definition with ID '{id}' does not exist.");

    public static ReplyException RoleAssignmentUpdateNotPermitted() => ArmErrors.Gateway(
        400, "RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");

    private static ReplyException Unauthorized(string code, string message) => new(
        Errors.Simple(401, code, message).With("WWW-Authenticate", ArmErrors.Challenge).With("x-ms-failure-cause", "gateway"));
}
