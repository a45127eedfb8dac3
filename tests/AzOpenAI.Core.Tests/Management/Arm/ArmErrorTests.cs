using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.ResourceGroups;
using AzOpenAI.Core.Management.Resources;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Arm;

/// <summary>Each failure body that the service is known to send, and the error a user sees.</summary>
public sealed class ArmErrorTests
{
    private const string Sub = ScriptedArm.SubscriptionId;

    /// <summary>Status, code, message; ErrorId, kind, a part of our message, a part of the suggestion.</summary>
    public static TheoryData<int, string, string, string, ErrorKind, string, string> Bodies => new()
    {
        { 404, "ResourceNotFound", "The Resource 'Microsoft.CognitiveServices/accounts/contoso' under resource group 'rg' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix", "ResourceNotFound", ErrorKind.NotFound, "'contoso' wasn't found in subscription 11111111-1111-1111-1111-111111111111, resource group 'rg'", "Get-AzOpenAIResource" },
        { 404, "ParentResourceNotFound", "Failed to perform 'write' on resource(s).", "ResourceNotFound", ErrorKind.NotFound, "'contoso'", "-Subscription" },
        { 404, "ResourceGroupNotFound", "Resource group 'rg' could not be found.", "ResourceGroupNotFound", ErrorKind.NotFound, "Resource group 'rg'", "-CreateResourceGroup" },
        { 404, "NotFound", "Specified resource '/subscriptions/1/accounts/contoso/deployments/gpt' cannot be found.", "DeploymentNotFound", ErrorKind.NotFound, "'gpt' wasn't found on 'contoso'", "Get-AzOpenAIDeployment" },
        { 400, "LocationNotAvailableForResourceType", "The provided location 'BLA' is not available for resource type 'Microsoft.CognitiveServices/accounts'. List of available regions for the resource type is 'global,australiaeast,eastus'.", "LocationNotAvailable", ErrorKind.InvalidInput, "'BLA'", "Get-AzOpenAIRegion" },
        { 400, "LocationNotAvailableForResourceType", "The provided location 'swedncentral' is not available for resource type 'Microsoft.CognitiveServices/accounts'. List of available regions for the resource type is 'global,swedencentral,eastus'.", "LocationNotAvailable", ErrorKind.InvalidInput, "'swedncentral'", "Did you mean swedencentral?" },
        { 404, "SubscriptionNotFound", "The subscription '11111111-1111-1111-1111-111111111111' could not be found.", "SubscriptionNotFound", ErrorKind.NotFound, Sub, "-Tenant" },
        { 401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer 'https://sts.windows.net/T1/'. It must match the tenant 'https://sts.windows.net/T2/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/T2' to get the token.", "WrongTenant", ErrorKind.Authentication, "tenant T1, but subscription " + Sub + " belongs to tenant T2", "Connect-AzOpenAI -Tenant T2 -Subscription " + Sub },
        { 401, "ExpiredAuthenticationToken", "The access token expiry UTC time '11/21/2026 10:00:00 AM' is earlier than current UTC time.", "TokenExpired", ErrorKind.Authentication, "expired", "Connect-AzOpenAI" },
        { 401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", "TokenRejected", ErrorKind.Authentication, "header is missing", "-Environment" },
        { 403, "AuthorizationFailed", "The client 'ann@contoso.com' with object id 'OID' does not have authorization to perform action 'Microsoft.CognitiveServices/accounts/deployments/write' over scope '/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso/deployments/gpt' or the scope is invalid. If access was recently granted, please refresh your credentials.", "PermissionDenied", ErrorKind.PermissionDenied, "'ann@contoso.com' doesn't have permission to perform 'Microsoft.CognitiveServices/accounts/deployments/write'", "--assignee \"ann@contoso.com\" --role \"Cognitive Services Contributor\" --scope \"/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso\"." },
        { 403, "AuthorizationFailed", "The client 'ann@contoso.com' with object id 'OID' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso/providers/Microsoft.Authorization/roleAssignments/2' or the scope is invalid.", "PermissionDenied", ErrorKind.PermissionDenied, "roleAssignments/write", "--role \"User Access Administrator\" --scope \"/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso\"." },
        { 403, "AuthorizationFailed", "The client 'app' with object id 'OID' does not have authorization to perform action 'Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete' over scope '/subscriptions/1/providers/Microsoft.CognitiveServices/locations/x/resourceGroups/rg/deletedAccounts/gone' or the scope is invalid.", "PermissionDenied", ErrorKind.PermissionDenied, "deletedAccounts", "--scope \"/subscriptions/1/resourceGroups/rg\"." },
        { 403, "AuthorizationFailed", "The client 'app' with object id 'OID' does not have authorization to perform action 'Microsoft.CognitiveServices/accounts/listKeys/action' over scope '/s' or the scope is invalid.", "PermissionDenied", ErrorKind.PermissionDenied, "listKeys", "'Cognitive Services User'" },
        { 403, "AuthorizationFailed", "Something of another form.", "PermissionDenied", ErrorKind.PermissionDenied, "doesn't have permission", "Cognitive Services Contributor" },
        { 403, "RequestDisallowedByPolicy", "Resource 'contoso' was disallowed by policy.", "ServiceError", ErrorKind.PermissionDenied, "disallowed by policy", "" },
        { 409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.CognitiveServices'. See https://aka.ms/rps-not-found for how to register subscriptions.", "ProviderNotRegistered", ErrorKind.NotAvailable, Sub, "-RegisterProvider" },
        { 400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.", "ApiVersionRefused", ErrorKind.NotAvailable, "api-version", "-Environment" },
        { 400, "NoRegisteredProviderFound", "No registered resource provider found for location 'atlantis' and API version '2025-06-01' for type 'locations'. The supported api-versions are '2023-05-01'. The supported locations are 'eastus, atlantic'.", "LocationNotAvailable", ErrorKind.InvalidInput, "'atlantis'", "atlantic" },
        { 400, "NoRegisteredProviderFound", "No registered resource provider found for location 'eastus' and API version '2025-06-01' for type 'locations'. The supported api-versions are '2023-05-01'. The supported locations are 'eastus, atlantic'.", "ApiVersionRefused", ErrorKind.NotAvailable, "API version '2025-06-01'", "-Environment" },
        { 409, "ResourceGroupBeingDeleted", "The resource group 'rg' is in deprovisioning state.", "ResourceGroupBeingDeleted", ErrorKind.Busy, "'rg'", "-ResourceGroupName" },
        { 409, "CustomDomainInUse", "Please pick a different name. The subdomain name 'fabrikam' is not available as it's already used by a resource. If the resource using the name was deleted in the last 48 hours, you may need to purge the deleted resource.", "SubdomainTaken", ErrorKind.AlreadyExists, "'fabrikam'", "-CustomSubdomain" },
        { 409, "FlagMustBeSetForRestore", "An existing resource with ID '/subscriptions/1/accounts/contoso' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property.", "ResourceSoftDeleted", ErrorKind.AlreadyExists, "'contoso' in 'rg'", "-PurgeDeleted" },
        { 400, "InsufficientQuota", "This operation require 100 new capacity in quota Tokens Per Minute (thousands) - Claude Opus 4.8, which is bigger than the current available capacity 0. The current quota usage is 0 and the quota limit is 0 for quota Tokens Per Minute (thousands) - Claude Opus 4.8.", "QuotaExceeded", ErrorKind.LimitReached, "capacity of 100 exceeds the 0 available in quota 'Tokens Per Minute (thousands) - Claude Opus 4.8' (used 0 of 0)", "another region" },
        { 400, "InsufficientQuota", "This operation require 100 new capacity in quota X, which is bigger than the current available capacity 40. The current quota usage is 60 and the quota limit is 100 for quota X.", "QuotaExceeded", ErrorKind.LimitReached, "exceeds the 40 available", "-Capacity 40" },
        { 400, "InsufficientQuota", "Another wording.", "QuotaRefused", ErrorKind.LimitReached, "Another wording", "-Capacity" },
        { 400, "InvalidResourceProperties", "The specified SKU 'Standard' of account deployment is not supported by the model 'gpt-35-turbo' version: '0613'.", "SkuNotOffered", ErrorKind.NotAvailable, "SKU Standard isn't available for model gpt-35-turbo", "Get-AzOpenAIModel" },
        { 400, "InvalidResourceProperties", "The specified SKU 'Standard' for model 'text-embedding-3-large 1' is not supported in this region 'southcentralus'.", "SkuNotOffered", ErrorKind.NotAvailable, "in southcentralus", "Get-AzOpenAIModel" },
        { 400, "InvalidResourceProperties", "The deployment sku name 'S0' is invalid.", "SkuInvalid", ErrorKind.InvalidInput, "'S0'", "GlobalStandard" },
        { 400, "InvalidResourceProperties", "Something else.", "ServiceError", ErrorKind.InvalidInput, "Something else", "" },
        { 400, "DeploymentModelNotSupported", "The model 'Format:OpenAI,Name:gpt-4.1-mini,Version:2024-11-20' is not supported.", "ModelNotOffered", ErrorKind.NotAvailable, "gpt-4.1-mini 2024-11-20", "Get-AzOpenAIModel" },
        { 400, "ServiceModelDeprecated", "The model 'Format:OpenAI,Name:gpt-4o,Version:2024-08-06' has been deprecated since 03/31/2026.", "ModelRetired", ErrorKind.NotAvailable, "gpt-4o 2024-08-06 was retired on 03/31/2026", "-Available" },
        { 400, "ServiceModelDeprecating", "The model 'Format:OpenAI,Name:gpt-4o,Version:2024-08-06' has been deprecated since 03/31/2026.", "ModelDeprecating", ErrorKind.NotAvailable, "doesn't accept new deployments", "-Available" },
        { 400, "SpecialFeatureOrQuotaIdRequired", "The subscription does not have QuotaId/Feature required by SKU 'S0' from kind 'OpenAI' or contains blocked QuotaId/Feature.", "SubscriptionNotEligible", ErrorKind.NotAvailable, Sub, "Get-AzOpenAIRegion" },
        { 400, "SpecialFeatureOrQuotaIdRequired", "the current subscription does not have access to this model 'Format:OpenAI,Name:gpt-image-2,Version:2026-04-21'", "ModelAccessRequired", ErrorKind.NotAvailable, "gpt-image-2 2026-04-21", "Request access" },
        { 400, "InvalidApiSetId", "The account type 'NonExistAPI' is either invalid or unavailable in given region.", "KindNotOffered", ErrorKind.NotAvailable, "NonExistAPI", "-Kind" },
        { 400, "InvalidSkuId", "The SKU name 'N0' in account type 'Face' is invalid.", "KindNotOffered", ErrorKind.NotAvailable, "'N0'", "Get-AzOpenAIRegion" },
        { 400, "BadRequest", "Failed to list key. disableLocalAuth is set to be true", "KeysDisabled", ErrorKind.NotAvailable, "contoso", "Connect-AzOpenAI" },
        { 409, "CannotDeleteResource", "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: 'Microsoft.CognitiveServices/accounts/contoso/projects/P'. Please delete all nested resources before deleting this resource.", "ResourceHasChildren", ErrorKind.Busy, "projects/P", "first" },
        { 409, "ResourceGroupDeletionBlocked", "Deletion of resource group 'rg' failed as resources with identifiers 'Microsoft.CognitiveServices/accounts/contoso' could not be deleted.", "ResourceGroupDeletionBlocked", ErrorKind.Busy, "accounts/contoso", "Remove-AzOpenAIResource" },
        { 409, "RequestConflict", "Another operation is being performed on the parent resource. Please try again later.", "ResourceBusy", ErrorKind.Busy, "'contoso'", "-MaxWaitSeconds" },
        { 400, "AccountProvisioningStateInvalid", "Call to Microsoft.CognitiveServices/accounts failed. Error message: Account /subscriptions/1/accounts/contoso in state Accepted.", "ResourceNotReady", ErrorKind.Busy, "state Accepted", "Get-AzOpenAIResource" },
        { 409, "AccountProvisioningStateInvalid", "Call to Microsoft.CognitiveServices/accounts failed. Error message: Account /subscriptions/1/accounts/contoso in state Creating.", "ResourceNotReady", ErrorKind.Busy, "state Creating", "Get-AzOpenAIResource" },
        { 409, "MissingSubscriptionRegistration", "The subscription registration is in 'Unregistered' state. The subscription must be registered to use namespace 'Microsoft.CognitiveServices'. See https://aka.ms/rps-not-found for how to register subscriptions.", "ProviderNotRegistered", ErrorKind.NotAvailable, Sub, "-RegisterProvider" },
        { 400, "InvalidResourceType", "The resource type 'accounts/deployments' could not be found in the namespace 'Microsoft.CognitiveServices' for api version '2023-05-01'. The supported api-versions are '2025-06-01'.", "ApiVersionRefused", ErrorKind.NotAvailable, "for api version '2023-05-01'", "-Environment" },
        { 400, "InvalidApiVersionParameter", "The api-version '2099-01-01' is invalid. The supported versions are '2022-09-01'.", "ApiVersionRefused", ErrorKind.NotAvailable, "'2099-01-01' is invalid", "-Environment" },
        { 400, "InvalidResourceProperties", "The specified scale type 'Standard' of account deployment is not supported by the model 'gpt-4o' version: '2024-08-06'.", "SkuNotOffered", ErrorKind.NotAvailable, "SKU Standard isn't available for model gpt-4o", "Get-AzOpenAIModel" },
        { 400, "InvalidResourceProperties", "scale settings of account deployment is deprecated since API version '2023-05-01', please use 'sku' instead", "ServiceError", ErrorKind.InvalidInput, "please use 'sku' instead", "" },
        { 400, "BadRequest", "The deployment sku name 'S0' is invalid.", "SkuInvalid", ErrorKind.InvalidInput, "'S0'", "GlobalStandard" },
        { 400, "DeploymentModelNotSupported", "The model 'Format:OpenAI,Name:gpt-9,Version:1' of account deployment is not supported.", "ModelNotOffered", ErrorKind.NotAvailable, "gpt-9 1", "Get-AzOpenAIModel" },
        { 418, "Teapot", "I am a teapot.", "ServiceError", ErrorKind.ServiceFailure, "418 Teapot: I am a teapot.", "" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_failure_body_becomes_a_clear_error(int status, string code, string message, string errorId, ErrorKind kind, string said, string suggestion)
    {
        var handler = new ScriptedHandler(_ => Error(status, code, message));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Deployments.GetAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token));

        Assert.Equal((errorId, kind), (e.ErrorId, e.Kind));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains(suggestion, e.Suggestion, StringComparison.Ordinal);
        Assert.DoesNotContain("{", e.Message + e.Suggestion, StringComparison.Ordinal);
        Assert.Equal((status, code, message, "request-1"), (e.StatusCode, e.ServiceCode, e.ServiceMessage, e.RequestId));
    }

    /// <summary>The codes that the service is documented or known to send: each has a row above.</summary>
    [Theory]
    [InlineData("ResourceNotFound")]
    [InlineData("ResourceGroupNotFound")]
    [InlineData("LocationNotAvailableForResourceType")]
    [InlineData("SubscriptionNotFound")]
    [InlineData("InvalidAuthenticationTokenTenant")]
    [InlineData("AuthorizationFailed")]
    [InlineData("MissingSubscriptionRegistration")]
    [InlineData("MissingApiVersionParameter")]
    [InlineData("NoRegisteredProviderFound")]
    [InlineData("InvalidResourceType")]
    [InlineData("ResourceGroupBeingDeleted")]
    [InlineData("NotFound")]
    [InlineData("ParentResourceNotFound")]
    [InlineData("CustomDomainInUse")]
    [InlineData("FlagMustBeSetForRestore")]
    [InlineData("RequestConflict")]
    [InlineData("AccountProvisioningStateInvalid")]
    [InlineData("InsufficientQuota")]
    [InlineData("InvalidResourceProperties")]
    [InlineData("DeploymentModelNotSupported")]
    [InlineData("ServiceModelDeprecated")]
    [InlineData("ServiceModelDeprecating")]
    [InlineData("SpecialFeatureOrQuotaIdRequired")]
    [InlineData("InvalidApiSetId")]
    [InlineData("InvalidSkuId")]
    [InlineData("BadRequest")]
    [InlineData("CannotDeleteResource")]
    [InlineData("ResourceGroupDeletionBlocked")]
    public void Every_known_code_is_tried(string code) => Assert.Contains(Bodies, row => row.Data.Item2 == code);

    [Theory]
    [InlineData("SubscriptionRequestsThrottled", "Number of 'read' requests for subscription 'ID' actor 'OID' exceeded. Please try again after '10' seconds.")]
    [InlineData("TooManyRequests", "Too many requests.")]
    public async Task A_throttle_that_outlasts_the_wait_says_how_long_the_service_asks_for(string code, string message)
    {
        var handler = new ScriptedHandler(_ =>
        {
            HttpResponseMessage response = Error(429, code, message);
            response.Headers.TryAddWithoutValidation("Retry-After", "400");
            return response;
        });

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Deployments.GetAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token));

        Assert.Equal(("WaitTooLong", ErrorKind.LimitReached, 429, code, TimeSpan.FromSeconds(400)), (e.ErrorId, e.Kind, e.StatusCode, e.ServiceCode, e.RetryAfter));
        Assert.Contains("-MaxWaitSeconds", e.Suggestion, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_throttle_without_an_end_in_sight_is_waited_out_for_as_long_as_allowed()
    {
        var clock = new InstantClock();
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(new ScriptedHandler(_ => Error(429, "TooManyRequests", "Too many requests.")), clock: clock)
            .Deployments.GetAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token));

        Assert.Equal(("ServiceThrottled", ErrorKind.LimitReached), (e.ErrorId, e.Kind));
        Assert.Contains("Too many requests", e.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(e.Suggestion));
    }

    [Fact]
    public async Task An_operation_that_ends_with_a_taken_subdomain_says_so()
    {
        var handler = new ScriptedHandler(
            _ => Json(ScriptedArm.AccountJson("Creating"), 201, ("Azure-AsyncOperation", "http://127.0.0.1:9/poll")),
            _ => Json("""{"status":"Failed","error":{"code":"CustomDomainInUse","message":"Sub domain name 'x' is already in use. This condition is caused by sub domain name being taken at the same time."}}"""));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Writer.WriteAsync("gate", ArmRequest.Put("subscriptions/1/resourceGroups/rg"), wait: true, ScriptedArm.Token));

        Assert.Equal(("SubdomainTaken", "CustomDomainInUse"), (e.ErrorId, e.ServiceCode));
        Assert.Contains("'x'", e.Message, StringComparison.Ordinal);
        Assert.Contains("-CustomSubdomain", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_group_deletion_with_details_shows_what_blocks_it()
    {
        var handler = new ScriptedHandler(_ => Json(
            """
            {"error":{"code":"ResourceGroupDeletionBlocked","message":"Deletion of resource group 'rg' failed as resources with identifiers 'Microsoft.CognitiveServices/accounts/contoso' could not be deleted. The provisioning state of the resource group will be rolled back.",
            "details":[{"target":"/subscriptions/1/accounts/contoso","message":"{\"error\":{\"code\":\"Conflict\",\"message\":\"busy\"}}"}]}}
            """, 409));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).ResourceGroups.DeleteAsync("rg", ScriptedArm.Token));

        Assert.Equal("ResourceGroupDeletionBlocked", e.ErrorId);
        Assert.Contains("accounts/contoso", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_template_gives_the_reason_inside_it()
    {
        var handler = new ScriptedHandler(_ => Json(
            """{"error":{"code":"InvalidTemplateDeployment","message":"See details.","details":[{"code":"CustomDomainInUse","message":"The subdomain name 'x' is not available."}]}}""", 400));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Deployments.GetAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token));

        Assert.Equal(("SubdomainTaken", "CustomDomainInUse"), (e.ErrorId, e.ServiceCode));
    }

    [Theory]
    [InlineData("""{"code":"Odd","message":"Without an envelope."}""", "Without an envelope")]
    [InlineData("""{"error":"text"}""", "{\"error\":\"text\"}")]
    [InlineData("""{"error":{"message":"Only a message."}}""", "Only a message")]
    [InlineData("""[1,2]""", "[1,2]")]
    [InlineData("plain words", "plain words")]
    [InlineData("", "no details")]
    public async Task Bodies_of_other_forms_are_shown_as_they_are(string body, string said)
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(new ScriptedHandler(_ => Text(body, "application/json", 400))).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal("ServiceError", e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_message_of_a_broken_form_is_still_an_error_of_ours()
    {
        string evil = "The client '" + new string('a', 200_000) + " action 'x";

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(new ScriptedHandler(_ => Error(403, "AuthorizationFailed", evil))).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal("PermissionDenied", e.ErrorId);
    }
}
