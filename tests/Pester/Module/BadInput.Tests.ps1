BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $subscription = $emulator.SubscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $keylessId = New-TestResource $emulator keyless -Property @{ disableLocalAuth = $true } -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $plain = (Invoke-Arm $emulator "$contosoId/listKeys" -Method POST).Body.key1

    # One clear error with an id, the fact, advice, and nothing written.
    function Assert-Refusal {
        param($Failure, [string] $Id, [string[]] $Fact, [string[]] $Advice = @())
        $Failure.FullyQualifiedErrorId | Should -BeLike "$Id,AzOpenAI.Commands.*" -Because "$Failure"
        Find-ErrorDefect $Failure | Should -BeNullOrEmpty
        foreach ($text in $Fact) { $Failure.Exception.Message | Should -Match $text }
        foreach ($text in $Advice) { $Failure.Exception.Suggestion | Should -Match $text }
        "$Failure" | Should -Match ([regex]::Escape($Failure.Exception.Suggestion))
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Bad input to a new resource' {
    BeforeEach { Clear-EmulatorWrite $emulator }
    AfterEach { Get-EmulatorWrite $emulator | Should -BeNullOrEmpty -Because 'nothing may be left half made' }

    It 'unknown region' {
        $failure = Get-Failure { New-AzOpenAIResource rg-new fresh atlantis -CreateResourceGroup -ErrorAction Stop }
        Assert-Refusal $failure LocationNotAvailable 'atlantis'
        $failure = Get-Failure { New-AzOpenAIResource rg-new fresh swedncentral -CreateResourceGroup -ErrorAction Stop }
        Assert-Refusal $failure LocationNotAvailable 'swedncentral' 'swedencentral'
    }

    It 'bad name' -ForEach '-contoso', 'c', 'con toso', ('x' * 65) {
        $name = $_
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg $name swedencentral -ErrorAction Stop }) ResourceNameInvalid ([regex]::Escape($name))
    }

    It 'name taken' {
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg contoso swedencentral -ErrorAction Stop }) ResourceExists 'contoso' '-Ensure'
    }

    It 'subdomain taken' {
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg fresh swedencentral -CustomSubdomain contoso -ErrorAction Stop }) SubdomainTaken 'contoso' '-CustomSubdomain'
    }

    It 'resource group missing' {
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg-nowhere fresh swedencentral -ErrorAction Stop }) ResourceGroupNotFound 'rg-nowhere' '-CreateResourceGroup'
    }
}

Describe 'States of the subscription that stand against a new resource' {
    It 'soft-deleted name' {
        $null = New-TestResource $emulator ghost
        $null = Invoke-Arm $emulator (Get-AccountPath $emulator ghost) -Method DELETE
        Clear-EmulatorWrite $emulator
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg ghost swedencentral -ErrorAction Stop }) ResourceSoftDeleted 'ghost' '-RestoreDeleted', '-PurgeDeleted'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'nothing to restore' {
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg never-was swedencentral -RestoreDeleted -ErrorAction Stop }) RestoreNotPossible 'never-was'
    }

    It 'provider not registered' {
        $null = Invoke-EmulatorControl $emulator "subscriptions/$subscription/provider" -Method PATCH -Body @{ state = 'NotRegistered' }
        Clear-EmulatorWrite $emulator
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg fresh swedencentral -ErrorAction Stop }) ProviderNotRegistered 'Microsoft.CognitiveServices' '-RegisterProvider'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        (New-AzOpenAIResource rg registers swedencentral -RegisterProvider -ErrorAction Stop).Name | Should -Be 'registers'
    }

    It 'too many resources in the region' {
        $null = Invoke-EmulatorControl $emulator quota -Method PATCH -Body @{ location = 'japaneast'; usageName = 'OpenAI.S0.AccountCount'; limit = 0 }
        Clear-EmulatorWrite $emulator
        Assert-Refusal (Get-Failure { New-AzOpenAIResource rg fresh japaneast -ErrorAction Stop }) AccountQuotaExceeded 'japaneast'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'Bad input to a new deployment' {
    BeforeEach { Clear-EmulatorWrite $emulator }
    AfterEach { Get-EmulatorWrite $emulator | Should -BeNullOrEmpty -Because 'nothing may be left half made' }

    It 'unknown model' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mni -ErrorAction Stop }) ModelNotOffered 'gpt-5-mni' 'gpt-5-mini'
    }

    It 'model not in the region, but in one of the nearest' {
        $null = New-TestResource $emulator northern -Group north -Location canadaeast
        Clear-EmulatorWrite $emulator
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment northern gpt-4o-mini-tts -ErrorAction Stop }) ModelNotOffered 'gpt-4o-mini-tts', 'canadaeast' 'eastus2'
    }

    It 'model only on the other side of the world, for which not all regions are asked' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-4o-mini-tts -ErrorAction Stop }) ModelNotOffered 'gpt-4o-mini-tts', 'swedencentral' 'Get-AzOpenAIRegion gpt-4o-mini-tts'
    }

    It 'unknown version' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Version 1999-01-01 -ErrorAction Stop }) ModelVersionNotFound '1999-01-01' '2025-08-07'
    }

    It 'retired model' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-chat -Version 2025-08-07 -ErrorAction Stop }) ModelRetired 'gpt-5-chat', '2026'
    }

    It 'SKU not offered' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Sku Standard -ErrorAction Stop }) SkuNotOffered 'Standard' 'GlobalStandard'
    }

    It 'SKU that is none' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Sku S0 -ErrorAction Stop }) Sku* 'S0' 'GlobalStandard'
    }

    It 'capacity over the quota' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 5000 -ErrorAction Stop }) QuotaExceeded '5000', 'OpenAI.GlobalStandard.gpt-5-mini' '-Capacity 980'
    }

    It 'capacity off the step' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Sku ProvisionedManaged -Capacity 26 -ErrorAction Stop }) CapacityInvalid '26' '25|50'
    }

    It 'name taken' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Name chat -ErrorAction Stop }) DeploymentExists 'chat' '-Ensure'
    }

    It 'bad name' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Name 'no/slash' -ErrorAction Stop }) DeploymentNameInvalid 'no/slash'
    }

    It 'another model under an existing name' {
        Assert-Refusal (Get-Failure { New-AzOpenAIDeployment contoso gpt-5.4-mini -Name chat -Ensure -ErrorAction Stop }) DeploymentModelFixed 'chat', 'gpt-5-mini'
    }
}

Describe 'Rights and tokens' {
    AfterEach { Clear-EmulatorFault $emulator }

    It 'no rights' {
        Add-EmulatorDenial $emulator '^Microsoft.CognitiveServices/accounts/read$'
        $failure = Get-Failure { Get-AzOpenAIResource contoso rg -ErrorAction Stop }
        Assert-Refusal $failure PermissionDenied 'Microsoft.CognitiveServices/accounts/read'
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'expired token' {
        Add-EmulatorFault $emulator @{ kind = 'expired-token' }
        $failure = Get-Failure { Get-AzOpenAIResource -ErrorAction Stop }
        Assert-Refusal $failure TokenExpired 'expired' 'Connect-AzOpenAI'
        $failure.Exception.StatusCode | Should -Be 401
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'token that the caller brought and that has expired' {
        $expired = 'eyJhbGciOiJub25lIn0.' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('{"exp":1600000000}')).TrimEnd('=') + '.x'
        Assert-Refusal (Get-Failure { Connect-AzOpenAI -AccessToken $expired -ErrorAction Stop }) TokenExpired '2020' 'AccessToken'
    }

    It 'text that is no token' {
        Assert-Refusal (Get-Failure { Connect-AzOpenAI -AccessToken 'not a token' -ErrorAction Stop }) TokenMalformed 'token'
    }

    It 'wrong tenant' {
        Add-EmulatorFault $emulator @{ kind = 'wrong-tenant' }
        $failure = Get-Failure { Get-AzOpenAIResource -ErrorAction Stop }
        Assert-Refusal $failure WrongTenant 'tenant' '-Tenant'
        $failure.Exception.StatusCode | Should -Be 401
    }

    It 'keys disabled' {
        $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Endpoint "$($emulator.Uri)keyless/" -Key ('0' * 32) -Deployment chat -ErrorAction Stop }
        Assert-Refusal $failure KeysDisabled 'disabled' 'Entra'
    }

    It 'wrong key' {
        Assert-Refusal (Get-Failure { Invoke-AzOpenAIChat 'Hello' -Endpoint $key.ClassicEndpoint -Key ('0' * 32) -Deployment chat -ErrorAction Stop }) InvalidKey 'key' 'Get-AzOpenAIKey'
    }

    It 'key that no key can be' -ForEach '', "line`nend", 'with space' {
        $value = $_
        $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Endpoint $key.ClassicEndpoint -Key $value -Deployment chat -ErrorAction Stop }
        Assert-Refusal $failure KeyM* 'key'
        if ($value) { "$failure" | Should -Not -Match ([regex]::Escape($value)) }
    }
}

Describe 'Names and endpoints' {
    It 'deployment not found, on the management plane' {
        Assert-Refusal (Get-Failure { Get-AzOpenAIDeployment contoso chta -ErrorAction Stop }) DeploymentNotFound 'chta' 'chat'
    }

    It 'deployment not found, on the data plane' {
        Assert-Refusal (Get-Failure { Invoke-AzOpenAIChat 'Hello' -Connection $key -Deployment gpt-5-mini -ErrorAction Stop }) DeploymentNotFound 'gpt-5-mini' 'Get-AzOpenAIDeployment'
    }

    It 'endpoint in a wrong form: <_>' -ForEach 'ftp://contoso.openai.azure.com', 'https://', 'not a host', 'https://user:secret@contoso.openai.azure.com' {
        $endpoint = $_
        $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Endpoint $endpoint -Key $plain -Deployment chat -ErrorAction Stop }
        Assert-Refusal $failure EndpointInvalid @()
        "$failure" | Should -Not -Match 'secret'
    }

    It 'plain http beyond this machine' {
        Assert-Refusal (Get-Failure { Invoke-AzOpenAIChat 'Hello' -Endpoint http://contoso.openai.azure.com -Key $plain -Deployment chat -ErrorAction Stop }) EndpointInsecure 'http'
    }

    It 'endpoint as the portal shows it: <_>' -ForEach '{0}contoso', '{0}contoso/openai', '{0}contoso/openai/v1/', '{0}contoso/openai/deployments/chat/chat/completions?api-version=2024-10-21' {
        $endpoint = $_ -f $emulator.Uri
        (Invoke-AzOpenAIChat 'Hello' -Endpoint $endpoint -Key $plain -Deployment chat -ErrorAction Stop).Content | Should -Not -BeNullOrEmpty
    }

    It 'id that is none' -ForEach '/subscriptions/x', '/nonsense' {
        $value = $_
        Assert-Refusal (Get-Failure { Get-AzOpenAIKey $value -ErrorAction Stop }) ResourceIdInvalid ([regex]::Escape($value))
    }
}

Describe 'A service that is down' {
    AfterEach { Clear-EmulatorFault $emulator }

    It 'nobody listens' {
        Assert-Refusal (Get-Failure { Connect-AzOpenAI -Emulator -EmulatorUri http://127.0.0.1:9/ -MaxWaitSeconds 2 -ErrorAction Stop }) ServiceUnreachable '127.0.0.1:9'
        Assert-Refusal (Get-Failure { Invoke-AzOpenAIChat 'Hello' -Endpoint http://127.0.0.1:9/ -Key $plain -Deployment chat -MaxWaitSeconds 2 -ErrorAction Stop }) ServiceUnreachable '127.0.0.1:9'
    }

    It 'answers 503' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 503 }
        $failure = Get-Failure { Get-AzOpenAIResource -MaxWaitSeconds 2 -ErrorAction Stop }
        $failure.Exception.StatusCode | Should -Be 503
        Assert-Refusal $failure Service* @()
        $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Connection $key -MaxWaitSeconds 2 -ErrorAction Stop }
        $failure.Exception.StatusCode | Should -Be 503
        Assert-Refusal $failure Service* @()
    }

    It 'answers something else than JSON' -ForEach 'html', 'garbage', 'truncate' {
        Add-EmulatorFault $emulator @{ kind = $_ }
        Assert-Refusal (Get-Failure { Get-AzOpenAIResource contoso rg -MaxWaitSeconds 2 -ErrorAction Stop }) * @()
        Assert-Refusal (Get-Failure { Invoke-AzOpenAIChat 'Hello' -Connection $key -MaxWaitSeconds 2 -ErrorAction Stop }) * @()
    }

    It 'recovers within the time allowed' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 503; count = 2 }
        (Get-AzOpenAIResource contoso rg -ErrorAction Stop).Name | Should -Be 'contoso'
    }

    It 'waits out a conflict' {
        Add-EmulatorFault $emulator @{ kind = 'conflict'; count = 1; match = @{ method = 'PUT' } }
        (New-AzOpenAIDeployment contoso gpt-5-mini -Name conflicted -Capacity 1 -ErrorAction Stop).Name | Should -Be 'conflicted'
    }

    It 'sends fields that nobody knows' {
        Add-EmulatorFault $emulator @{ kind = 'unknown-fields' }
        (Get-AzOpenAIResource contoso rg -ErrorAction Stop).Name | Should -Be 'contoso'
        (Invoke-AzOpenAIChat 'Hello' -Connection $key -ErrorAction Stop).Content | Should -Not -BeNullOrEmpty
    }

    It 'fails a creation after accepting it, and says what is left' {
        Add-EmulatorFault $emulator @{ kind = 'fail-operation' }
        $failure = Get-Failure { New-AzOpenAIResource rg doomed swedencentral -ErrorAction Stop }
        Assert-Refusal $failure * @()
        $live = Invoke-Arm $emulator (Get-AccountPath $emulator doomed)
        if ($live.Status -eq 200) { "$failure" | Should -Match 'doomed' }
    }
}
