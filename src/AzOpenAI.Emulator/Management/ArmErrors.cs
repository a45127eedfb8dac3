using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Error responses of the management plane with recorded or reported bodies.</summary>
internal static class ArmErrors
{
    private const string Namespace = "Microsoft.CognitiveServices";

    public static ReplyException Error(int status, string code, string message) => new(Errors.Simple(status, code, message));

    /// <summary>An error of ARM itself, before the resource provider is called.</summary>
    public static ReplyException Gateway(int status, string code, string message) =>
        new(Errors.Simple(status, code, message).With("x-ms-failure-cause", "gateway"));

    public static ReplyException ResourceNotFound(string type, string name, string group) => Gateway(
        404, "ResourceNotFound",
        $"The Resource '{type}/{name}' under resource group '{group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    public static ReplyException ResourceGroupNotFound(string group) =>
        Gateway(404, "ResourceGroupNotFound", $"Resource group '{group}' could not be found.");

    public static ReplyException SubscriptionNotFound(string id) =>
        Gateway(404, "SubscriptionNotFound", $"The subscription '{id}' could not be found.");

    public static ReplyException LocationNotAvailable(string location, IEnumerable<string> regions) => Gateway(
        400, "LocationNotAvailableForResourceType",
        $"The provided location '{location}' is not available for resource type 'Microsoft.CognitiveServices/accounts'. "
        + $"List of available regions for the resource type is 'global,{string.Join(',', regions)}'.");

    public static ReplyException WrongTenant(string issuer, string tenant) => new(
        Errors.Simple(
            401, "InvalidAuthenticationTokenTenant",
            $"The access token is from the wrong issuer 'https://sts.windows.net/{issuer}/'. It must match the tenant 'https://sts.windows.net/{tenant}/' "
            + $"associated with this subscription. Please use the authority (URL) 'https://login.windows.net/{tenant}' to get the token. Note, if the "
            + "subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to "
            + "propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.")
            .With("WWW-Authenticate", Challenge)
            .With("x-ms-failure-cause", "gateway"));

    public static ReplyException AuthorizationFailed(string action, string scope) => Gateway(
        403, "AuthorizationFailed",
        $"The client 'emulator@example.com' with object id '{AzureState.ObjectId}' does not have authorization to perform action '{action}' over scope "
        + $"'{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.");

    public static ReplyException MissingRegistration()
    {
        const string message =
            $"The subscription is not registered to use namespace '{Namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.";
        Reply reply = Errors.Simple(409, "MissingSubscriptionRegistration", message).With("x-ms-failure-cause", "gateway");
        ((JsonObject)reply.Body!["error"]!)["details"] = new JsonArray(
            new JsonObject { ["code"] = "MissingSubscriptionRegistration", ["target"] = Namespace, ["message"] = message });
        return new ReplyException(reply);
    }

    public static ReplyException MissingApiVersion() =>
        Gateway(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");

    /// <param name="kind">read, write or delete.</param>
    /// <param name="subscription">Subscription ID.</param>
    /// <param name="seconds">The requested delay.</param>
    public static ReplyException Throttled(string kind, string subscription, int seconds) => new(
        Errors.Simple(
            429, "SubscriptionRequestsThrottled",
            $"Number of '{kind}' requests for subscription '{subscription}' actor '{AzureState.ObjectId}' exceeded. Please try again after '{seconds}' seconds.")
            .With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))
            .With("x-ms-failure-cause", "gateway"));

    public static ReplyException NotFound(string id) => Error(404, "NotFound", $"Specified resource '{id}' cannot be found.");

    public static ReplyException CustomDomainInUse(string subdomain) => Error(
        409, "CustomDomainInUse",
        $"Please pick a different name. The subdomain name '{subdomain}' is not available as it's already used by a resource. If the resource using the name "
        + "was deleted in the last 48 hours, you may need to purge the deleted resource. Learn more at \"https://go.microsoft.com/fwlink/?linkid=2215493\"");

    public static ReplyException FlagMustBeSetForRestore(string accountId) => Error(
        409, "FlagMustBeSetForRestore",
        $"An existing resource with ID '{accountId}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. "
        + "If you don't want to restore existing resource, please purge it first.");

    public static ReplyException RequestConflict(string accountId) => Error(
        409, "RequestConflict", $"Another operation is being performed on the parent resource '{accountId}'. Please try again later.");

    public static ReplyException CannotDeleteResource(AccountState account) => Error(
        409, "CannotDeleteResource",
        "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: "
        + $"'{string.Join("','", account.Projects.Values.Select(p => $"{Namespace}/accounts/{account.Name}/projects/{p.Name}"))}'. "
        + "Please delete all nested resources before deleting this resource.");

    public static ReplyException AccountNotReady(AccountState account) => Error(
        409, "AccountProvisioningStateInvalid",
        $"Call to Microsoft.CognitiveServices/accounts failed. Error message: Account {account.Id} in state {account.ProvisioningState}.");

    public static ReplyException InsufficientQuota(double requested, QuotaRow row) => Error(
        400, "InsufficientQuota",
        string.Create(
            CultureInfo.InvariantCulture,
            $"This operation require {requested} new capacity in quota {row.LocalizedValue}, which is bigger than the current available capacity {row.Available}. "
            + $"The current quota usage is {row.CurrentValue} and the quota limit is {row.Limit} for quota {row.LocalizedValue}."));

    public static ReplyException SkuNotSupported(string sku, CatalogueModel model) => InvalidProperties(
        $"The specified SKU '{sku}' of account deployment is not supported by the model '{model.Name}' version: '{model.Version}'.");

    public static ReplyException SkuNotInRegion(string sku, CatalogueModel model, string region) => InvalidProperties(
        $"The specified SKU '{sku}' for model '{model.Name} {model.Version}' is not supported in this region '{region}'.");

    public static ReplyException InvalidDeploymentSku(string sku) => InvalidProperties($"The deployment sku name '{sku}' is invalid.");

    public static ReplyException ModelNotSupported(string format, string name, string version) => Error(
        400, "DeploymentModelNotSupported", $"The model 'Format:{format},Name:{name},Version:{version}' is not supported.");

    /// <summary>The same message for both codes: retired, and closed to new deployments.</summary>
    public static ReplyException ModelRetired(string code, CatalogueModel model) => Error(
        400, code,
        $"The model '{model}' has been deprecated since {model.Deprecation.Inference?.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture) ?? "an earlier date"}.");

    public static ReplyException AccountAccessRequired(string sku, string kind) => Error(
        400, "SpecialFeatureOrQuotaIdRequired",
        $"The subscription does not have QuotaId/Feature required by SKU '{sku}' from kind '{kind}' or contains blocked QuotaId/Feature.");

    public static ReplyException ModelAccessRequired(CatalogueModel model) => Error(
        400, "SpecialFeatureOrQuotaIdRequired", $"the current subscription does not have access to this model '{model}'");

    public static ReplyException InvalidKind(string kind) =>
        Error(400, "InvalidApiSetId", $"The account type '{kind}' is either invalid or unavailable in given region.");

    public static ReplyException InvalidSku(string sku, string kind) =>
        Error(400, "InvalidSkuId", $"The SKU name '{sku}' in account type '{kind}' is invalid.");

    public static ReplyException KeysDisabled() => Error(400, "BadRequest", "Failed to list key. disableLocalAuth is set to be true");

    public static ReplyException ScaleSettingsDeprecated() => InvalidProperties(
        "scale settings of account deployment is deprecated since API version '2023-05-01', please use 'sku' instead");

    public static ReplyException PrincipalNotFound(string principal) => Gateway(
        400, "PrincipalNotFound",
        $"Principal {principal.Replace("-", "", StringComparison.Ordinal)} does not exist in the directory {AzureState.TenantId}. Check that you have the correct "
        + "principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this "
        + "case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype");

    public static ReplyException RoleAssignmentExists(string name) => Gateway(
        409, "RoleAssignmentExists",
        $"The role assignment already exists. The ID of the existing role assignment is {name.Replace("-", "", StringComparison.Ordinal)}.");

    public static ReplyException InvalidProperties(string message) => Error(400, "InvalidResourceProperties", message);

    public static ReplyException ExpiredToken(DateTimeOffset now) => UnverifiedArmErrors.ExpiredToken(now);

    public const string Challenge =
        $"Bearer authorization_uri=\"https://login.windows.net/{AzureState.TenantId}\", error=\"invalid_token\", error_description=\"The access token is invalid.\"";
}
