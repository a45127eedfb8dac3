BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.NewAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'New-AzOpenAIDeployment' {
    BeforeEach { Clear-EmulatorWrite $emulator }
    AfterEach {
        foreach ($id in $contosoId, $elsewhereId) {
            (Invoke-Arm $emulator "$id/deployments").Body.value | Where-Object { $_ } | ForEach-Object { $null = Invoke-Arm $emulator $_.id -Method DELETE }
        }
    }

    It 'deploys a model under its own name, with the default version and a SKU that it explains' {
        $deployment = New-AzOpenAIDeployment contoso gpt-5-mini
        $deployment | Should -BeOfType ([AzOpenAI.Deployment])
        $deployment.Name | Should -Be 'gpt-5-mini'
        $deployment.Model | Should -Be 'gpt-5-mini'
        $deployment.Version | Should -Be '2025-08-07'
        $deployment.Sku | Should -Be 'DataZoneStandard'
        $deployment.SkuReason | Should -Not -BeNullOrEmpty
        $deployment.Capacity | Should -Be 10
        $deployment.ProvisioningState | Should -Be 'Succeeded'
        Test-Exists $emulator "$contosoId/deployments/gpt-5-mini" | Should -BeTrue
    }

    It 'sends what was asked for' {
        $deployment = New-AzOpenAIDeployment -Resource contoso -Name chat -Model gpt-5-mini -Version 2025-08-07 -Sku GlobalStandard -Capacity 7 -VersionUpgrade NoAutoUpgrade
        $deployment.Name | Should -Be 'chat'
        $deployment.TokensPerMinute | Should -Be 7000
        $live = (Invoke-Arm $emulator "$contosoId/deployments/chat").Body
        $live.sku.name | Should -Be 'GlobalStandard'
        $live.sku.capacity | Should -Be 7
        $live.properties.model.version | Should -Be '2025-08-07'
        $live.properties.versionUpgradeOption | Should -Be 'NoAutoUpgrade'
    }

    It 'can be called as soon as it is returned' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ deploymentNotFoundSeconds = 1.5 }
        try {
            $deployment = New-AzOpenAIDeployment contoso gpt-5-mini
            "$(($deployment | Get-AzOpenAIKey | Invoke-AzOpenAIChat 'Hello' -ErrorAction Stop).Content)" | Should -Not -BeNullOrEmpty
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ deploymentNotFoundSeconds = 0 } }
    }

    It 'bills no tokens for finding out that the deployment is known' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $null = New-AzOpenAIDeployment contoso gpt-5-mini
        @(Get-EmulatorRequest $emulator | Where-Object plane -EQ data).Count | Should -BeGreaterThan 0
        Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' -and $_.status -eq 200 -and $_.method -eq 'POST' } | Should -BeNullOrEmpty
    }

    It 'takes group and name, an id, and the object' {
        (New-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso -Model gpt-5-mini -Name a).ResourceId | Should -Be $contosoId
        (New-AzOpenAIDeployment $contosoId gpt-5-mini -Name b).ResourceId | Should -Be $contosoId
        (Get-AzOpenAIResource contoso | New-AzOpenAIDeployment -Model gpt-5-mini -Name c).ResourceId | Should -Be $contosoId
    }

    It 'keeps the subscription of a piped resource, and leaves its namesake alone' {
        $deployment = Get-AzOpenAIResource contoso -Subscription $other | New-AzOpenAIDeployment -Model gpt-5-mini
        $deployment.SubscriptionId | Should -Be $other
        Test-Exists $emulator "$elsewhereId/deployments/gpt-5-mini" | Should -BeTrue
        Test-Exists $emulator "$contosoId/deployments/gpt-5-mini" | Should -BeFalse
    }

    It 'keeps the subscription of an id, and checks the quota there' {
        $null = Invoke-EmulatorControl $emulator quota -Method PATCH -Body @{ location = 'swedencentral'; usageName = 'OpenAI.GlobalStandard.gpt-5-mini'; limit = 0 }
        try { $deployment = New-AzOpenAIDeployment $elsewhereId gpt-5-mini -Sku GlobalStandard -Capacity 5 }
        finally { $null = Invoke-EmulatorControl $emulator quota -Method PATCH -Body @{ location = 'swedencentral'; usageName = 'OpenAI.GlobalStandard.gpt-5-mini'; limit = 1000 } }
        $deployment.ResourceId | Should -Be $elsewhereId
    }

    It 'takes only group, resource name and subscription of a row' {
        $row = [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other; Name = 'wrong'; Sku = 'S0'; Location = 'x'; Version = 'x'; Model = 'wrong'; Capacity = 3 }
        $deployment = $row | New-AzOpenAIDeployment -Model gpt-5-mini
        $deployment.Name | Should -Be 'gpt-5-mini'
        $deployment.Sku | Should -Not -Be 'S0'
        $deployment.SubscriptionId | Should -Be $other
        $bound = (Get-Command New-AzOpenAIDeployment).Parameters.Values.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and $_.ValueFromPipelineByPropertyName }) }).Name
        $bound | Should -Be 'Subscription' -Because 'the rest of a row is read as one object'
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        New-AzOpenAIDeployment contoso gpt-5-mini -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'needs no answer with -Confirm:$false' {
        (New-AzOpenAIDeployment contoso gpt-5-mini -Confirm:$false).Name | Should -Be 'gpt-5-mini'
    }

    It 'creates once with -Ensure, and writes nothing the second time' {
        (New-AzOpenAIDeployment contoso gpt-5-mini -Ensure).Changed | Should -BeTrue
        Clear-EmulatorWrite $emulator
        $second = New-AzOpenAIDeployment contoso gpt-5-mini -Ensure
        $second.Changed | Should -BeFalse
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'takes no parameter that was not given for drift' {
        $null = New-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 3 -VersionUpgrade NoAutoUpgrade
        Clear-EmulatorWrite $emulator
        $same = New-AzOpenAIDeployment contoso gpt-5-mini -Ensure
        $same.Changed | Should -BeFalse
        $same.Capacity | Should -Be 3
        $same.Sku | Should -Be 'GlobalStandard'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'brings the drift in line with -Ensure and reports it' {
        $null = New-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 3
        $object = New-AzOpenAIDeployment contoso gpt-5-mini -Ensure -Capacity 5
        $object.Changed | Should -BeTrue
        $object.Capacity | Should -Be 5
        $object.Drift.Count | Should -Be 1
        $object.Drift[0].Property | Should -Be 'Capacity'
        $object.Drift[0].Was | Should -Be 3
        $object.Drift[0].Is | Should -Be 5
        (Invoke-Arm $emulator "$contosoId/deployments/gpt-5-mini").Body.sku.capacity | Should -Be 5
    }

    It 'shows the drift under -WhatIf -Ensure, and writes nothing' {
        $null = New-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 3
        Clear-EmulatorWrite $emulator
        $shown = Invoke-FreshShell "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'; New-AzOpenAIDeployment '$contosoId' gpt-5-mini -Ensure -Capacity 5 -VersionUpgrade NoAutoUpgrade -WhatIf | ForEach-Object { 'emitted' }"
        "$shown" | Should -Match 'Capacity: 3 -> 5'
        "$shown" | Should -Match 'VersionUpgrade: \w+ -> NoAutoUpgrade'
        "$shown" | Should -Not -Match 'emitted'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'makes at most five calls before the PUT, for a resource by <By>' -ForEach @(
        @{ By = 'name'; Extra = @{} }
        @{ By = 'id'; Extra = @{} }
        @{ By = 'object'; Extra = @{} }
        @{ By = 'name'; Extra = @{ Ensure = $true } }
    ) {
        $resource = switch ($By) { name { 'contoso' } id { $contosoId } object { Get-AzOpenAIResource contoso -ResourceGroupName rg } }
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $null = New-AzOpenAIDeployment -Resource $resource -Model gpt-5-mini @Extra
        $calls = @(Get-EmulatorRequest $emulator | ForEach-Object { "$($_.method) $(($_.path -split '[/?]')[-2])" })
        $put = [array]::FindIndex([string[]]$calls, [Predicate[string]] { param($call) $call -like 'PUT *' })
        Write-Host "by ${By}: $put calls before the PUT: $($calls[0..($put - 1)] -join ', ')"
        $put | Should -BeGreaterThan 0
        $put | Should -BeLessOrEqual 5
    }

    It 'takes what quota is left when no capacity is asked for' {
        New-TestDeployment $emulator $contosoId big -Capacity 995
        (New-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard).Capacity | Should -Be 5
    }

    It 'makes several at once in one resource, whatever the service says of conflicts' {
        $context = Get-AzOpenAIContext
        $module = Get-ModulePath
        $made = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:module
            New-AzOpenAIDeployment -Resource $using:contosoId -Model gpt-5-mini -Name "p$_" -Capacity 1 -Context $using:context
        }
        $made.Name | Sort-Object | Should -Be 'p1', 'p2', 'p3', 'p4'
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (New-AzOpenAIDeployment contoso gpt-5-mini).Name | Should -Be 'gpt-5-mini'
    }

    It 'lets the script go on after Select-Object -First 1' {
        @('contoso', 'contoso' | New-AzOpenAIDeployment -Model gpt-5-mini -Ensure | Select-Object -First 1; 'after')[1] | Should -Be 'after'
    }
}

Describe 'New-AzOpenAIDeployment, when something is wrong' {
    BeforeAll { New-TestDeployment $emulator $contosoId taken }
    BeforeEach { Clear-EmulatorWrite $emulator }

    It 'takes the format of the model from the catalogue, or the one that is given' {
        New-AzOpenAIDeployment contoso gpt-5-nano -Name formatted -Format openai | ForEach-Object Format | Should -Be 'OpenAI'
        $failure = Get-Failure { New-AzOpenAIDeployment contoso gpt-5-nano -Name foreign -Format DeepSeek -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ModelNotOffered,$class"
    }

    It 'says that the name is taken' {
        $failure = Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Name taken -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentExists,$class"
        $failure.TargetObject | Should -Be 'contoso'
        "$failure" | Should -Match '-Ensure'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says that there is no such resource' {
        $failure = Get-Failure { New-AzOpenAIDeployment nobody gpt-5-mini -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be 'nobody'
    }

    It 'goes on after a resource that is not there' {
        $errors = $null
        $made = 'nobody', 'contoso' | New-AzOpenAIDeployment -Model gpt-5-mini -Name after-bad -ErrorAction SilentlyContinue -ErrorVariable errors
        $made.Name | Should -Be 'after-bad'
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be 'nobody'
    }

    It 'tells all that stands against it at once' {
        $failure = Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Name taken -Sku GlobalStandard -Capacity 100000 -ErrorAction Stop }
        "$failure" | Should -Match 'taken'
        "$failure" | Should -Match '100000'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'passes on what the service says when the check was skipped' {
        $failure = Get-Failure { New-AzOpenAIDeployment contoso no-such-model -Version 1 -Sku GlobalStandard -Capacity 1 -SkipCheck -ErrorAction Stop }
        $failure.Exception.StatusCode | Should -Be 400
        $failure.Exception.ServiceCode | Should -Be 'DeploymentModelNotSupported'
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike "*,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '^Microsoft.CognitiveServices/accounts/deployments/write$'
        try { $failure = Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Name denied -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        Test-Exists $emulator "$contosoId/deployments/denied" | Should -BeFalse
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'New-AzOpenAIDeployment contoso gpt-5-mini -Name stalled' -Match @{ method = 'PUT' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'ends at Ctrl+C while the data plane stalls' {
        $stop = Measure-Stop $emulator 'New-AzOpenAIDeployment contoso gpt-5-mini -Name stalled-2' -Match @{ plane = 'data' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'New-AzOpenAIDeployment contoso gpt-5-mini -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

Describe 'New-AzOpenAIDeployment with a content filter' {
    BeforeAll {
        $guardId = New-TestResource $emulator guarded
        $filter = New-AzOpenAIContentFilter guarded strict -Hate Low
    }
    BeforeEach {
        Get-AzOpenAIDeployment guarded | Remove-AzOpenAIDeployment -Force
        Clear-EmulatorWrite $emulator
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'its name'; Call = { New-AzOpenAIDeployment guarded gpt-5-nano -Capacity 1 -ContentFilter STRICT } }
        @{ What = 'its object'; Call = { New-AzOpenAIDeployment guarded gpt-5-nano -Capacity 1 -ContentFilter $filter } }
        @{ What = 'its id'; Call = { New-AzOpenAIDeployment guarded gpt-5-nano -Capacity 1 -ContentFilter $filter.Id } }
        @{ What = 'it by the pipeline, with its resource'; Call = { $filter | New-AzOpenAIDeployment -Model gpt-5-nano -Capacity 1 } }
    ) {
        (& $Call).ContentFilter | Should -Be 'strict'
    }

    It 'is refused before anything is written where there is no such filter' {
        $failure = Get-Failure { New-AzOpenAIDeployment guarded gpt-5-nano -Capacity 1 -ContentFilter strikt -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ContentFilterNotFound,*'
        $failure.Exception.Suggestion | Should -Match 'Available: strict'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'refuses the filter of another resource' {
        $null = New-TestResource $emulator bystander
        $failure = Get-Failure { New-AzOpenAIDeployment bystander gpt-5-nano -Capacity 1 -ContentFilter $filter -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ContentFilterElsewhere,*'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'filters what the filter says' {
        $key = $filter | New-AzOpenAIDeployment -Model gpt-5-nano -Capacity 1 | Get-AzOpenAIKey
        $failure = Get-Failure { $key | Invoke-AzOpenAIChat '[[filter:hate=low]]' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ContentFiltered,*'
        $null = Set-AzOpenAIContentFilter $filter.Id -Hate High
        try { ($key | Invoke-AzOpenAIChat '[[filter:hate=low]]').Content | Should -Match 'hate' }
        finally { $null = Set-AzOpenAIContentFilter $filter.Id -Hate Low }
    }
}
