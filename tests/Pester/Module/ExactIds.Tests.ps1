# An id names one object: what is below it, above it, beside it or no id at all is refused by every command that takes one, before anything is asked of Azure.

BeforeDiscovery {
    # Every parameter that takes an identity, in a call that would go through with the right one. {0} is the identity.
    $calls = @(
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIResource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Remove-AzOpenAIResource -Resource {0} -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Remove-AzOpenAIResource -Resource {0} -Purge -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Set-AzOpenAIResource -Resource {0} -Tag @{{ a = "b" }}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Wait-AzOpenAIResource -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIKey -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'New-AzOpenAIKey -Resource {0} -KeyName Key1 -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Update-AzOpenAIKey -Resource {0} -KeyInUse Key1 -Sink {{ }} -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Export-AzOpenAIConfiguration -Resource {0} -Format Json' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIAccess -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Grant-AzOpenAIAccess -Resource {0} -CurrentUser' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Revoke-AzOpenAIAccess -Resource {0} -CurrentUser' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIModel -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIUsage -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Test-AzOpenAIDeployment -Resource {0} -Model gpt-5-mini' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIDeployment -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'New-AzOpenAIDeployment -Resource {0} -Model gpt-5-mini -Name fresh' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'New-AzOpenAIDeployment -Resource {0} -Model gpt-5-mini -Name fresh -SkipCheck' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Set-AzOpenAIDeployment -Resource {0} -Name chat -Capacity 3' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Suspend-AzOpenAIDeployment -Resource {0} -Name chat' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Resume-AzOpenAIDeployment -Resource {0} -Name chat' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Wait-AzOpenAIDeployment -Resource {0} -Name chat' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Remove-AzOpenAIDeployment -Resource {0} -Name chat -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIContentFilter -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'New-AzOpenAIContentFilter -Resource {0} -Name fresh' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Set-AzOpenAIContentFilter -Resource {0} -Name strict -Hate High' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Remove-AzOpenAIContentFilter -Resource {0} -Name strict -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIBlocklist -Resource {0}' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'New-AzOpenAIBlocklist -Resource {0} -Name fresh' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Set-AzOpenAIBlocklist -Resource {0} -Name rivals -Description y' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Remove-AzOpenAIBlocklist -Resource {0} -Name rivals -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Get-AzOpenAIBlocklistItem -Resource {0} -Blocklist rivals' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'New-AzOpenAIBlocklistItem -Resource {0} -Blocklist rivals -Pattern y' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Set-AzOpenAIBlocklistItem -Resource {0} -Blocklist rivals -Name one -Pattern y' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Remove-AzOpenAIBlocklistItem -Resource {0} -Blocklist rivals -Name one -Force' }
        @{ Kind = 'Resource'; Parameter = 'Resource'; Script = 'Set-AzOpenAIContext -Resource {0}' }
        @{ Kind = 'DeletedResource'; Parameter = 'DeletedResource'; Script = 'Remove-AzOpenAIDeletedResource -DeletedResource {0} -Force' }
        @{ Kind = 'DeletedResource'; Parameter = 'DeletedResource'; Script = 'Restore-AzOpenAIDeletedResource -DeletedResource {0}' }
        @{ Kind = 'Deployment'; Parameter = 'Deployment'; Script = 'Set-AzOpenAIDeployment -Deployment {0} -Capacity 3' }
        @{ Kind = 'Deployment'; Parameter = 'Deployment'; Script = 'Suspend-AzOpenAIDeployment -Deployment {0}' }
        @{ Kind = 'Deployment'; Parameter = 'Deployment'; Script = 'Resume-AzOpenAIDeployment -Deployment {0}' }
        @{ Kind = 'Deployment'; Parameter = 'Deployment'; Script = 'Wait-AzOpenAIDeployment -Deployment {0}' }
        @{ Kind = 'Deployment'; Parameter = 'Deployment'; Script = 'Remove-AzOpenAIDeployment -Deployment {0} -Force' }
        @{ Kind = 'Deployment'; Parameter = 'Spillover'; Script = 'New-AzOpenAIDeployment $resource -Model gpt-5-mini -Name fresh -Sku GlobalProvisionedManaged -Capacity 15 -Spillover {0}' }
        @{ Kind = 'Deployment'; Parameter = 'Spillover'; Script = 'New-AzOpenAIDeployment $resource -Model gpt-5-mini -Name fresh -Sku GlobalProvisionedManaged -Capacity 15 -SkipCheck -Spillover {0}' }
        @{ Kind = 'Deployment'; Parameter = 'Spillover'; Script = 'Set-AzOpenAIDeployment "$resource/deployments/chat" -SkipCheck -Spillover {0}' }
        @{ Kind = 'ContentFilter'; Parameter = 'ContentFilter'; Script = 'Set-AzOpenAIContentFilter -ContentFilter {0} -Hate High' }
        @{ Kind = 'ContentFilter'; Parameter = 'ContentFilter'; Script = 'Remove-AzOpenAIContentFilter -ContentFilter {0} -Force' }
        @{ Kind = 'ContentFilter'; Parameter = 'ContentFilter'; Script = 'New-AzOpenAIDeployment $resource -Model gpt-5-mini -Name fresh -SkipCheck -ContentFilter {0}' }
        @{ Kind = 'ContentFilter'; Parameter = 'ContentFilter'; Script = 'Set-AzOpenAIDeployment "$resource/deployments/chat" -SkipCheck -ContentFilter {0}' }
        @{ Kind = 'ContentFilter'; Parameter = 'ContentFilter'; Script = 'Test-AzOpenAIDeployment $resource -Model gpt-5-mini -ContentFilter {0}' }
        @{ Kind = 'ContentFilter'; Parameter = 'BasePolicy'; Script = 'New-AzOpenAIContentFilter $resource -Name fresh -BasePolicy {0}' }
        @{ Kind = 'ContentFilter'; Parameter = 'BasePolicy'; Script = 'Set-AzOpenAIContentFilter "$resource/raiPolicies/strict" -BasePolicy {0}' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'Set-AzOpenAIBlocklist -Blocklist {0} -Description y' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'Remove-AzOpenAIBlocklist -Blocklist {0} -Force' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'Get-AzOpenAIBlocklistItem -Blocklist {0}' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'New-AzOpenAIBlocklistItem -Blocklist {0} -Pattern y' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'Set-AzOpenAIBlocklistItem -Blocklist {0} -Name one -Pattern y' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'Remove-AzOpenAIBlocklistItem -Blocklist {0} -Name one -Force' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'New-AzOpenAIContentFilter $resource -Name fresh -Blocklist {0}' }
        @{ Kind = 'Blocklist'; Parameter = 'PromptBlocklist'; Script = 'New-AzOpenAIContentFilter $resource -Name fresh -PromptBlocklist {0}' }
        @{ Kind = 'Blocklist'; Parameter = 'CompletionBlocklist'; Script = 'New-AzOpenAIContentFilter $resource -Name fresh -CompletionBlocklist {0}' }
        @{ Kind = 'Blocklist'; Parameter = 'Blocklist'; Script = 'Set-AzOpenAIContentFilter "$resource/raiPolicies/strict" -Blocklist {0}' }
        @{ Kind = 'Blocklist'; Parameter = 'PromptBlocklist'; Script = 'Set-AzOpenAIContentFilter "$resource/raiPolicies/strict" -PromptBlocklist {0}' }
        @{ Kind = 'Blocklist'; Parameter = 'CompletionBlocklist'; Script = 'Set-AzOpenAIContentFilter "$resource/raiPolicies/strict" -CompletionBlocklist {0}' }
        @{ Kind = 'BlocklistItem'; Parameter = 'Item'; Script = 'Set-AzOpenAIBlocklistItem -Item {0} -Pattern y' }
        @{ Kind = 'BlocklistItem'; Parameter = 'Item'; Script = 'Remove-AzOpenAIBlocklistItem -Item {0} -Force' }
        @{ Kind = 'Access'; Parameter = 'Access'; Script = 'Revoke-AzOpenAIAccess -Access {0}' }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $resource = New-TestResource $emulator contoso -Deployment chat
    Assert-Status (Invoke-Arm $emulator "$resource/raiPolicies/strict" -Method PUT -Body @{ properties = @{ basePolicyName = 'Microsoft.DefaultV2'; mode = 'Blocking' } })
    Assert-Status (Invoke-Arm $emulator "$resource/raiBlocklists/rivals" -Method PUT -Body @{ properties = @{ description = 'x' } })
    Assert-Status (Invoke-Arm $emulator "$resource/raiBlocklists/rivals/raiBlocklistItems/one" -Method PUT -Body @{ properties = @{ pattern = 'x'; isRegex = $false } })
    $null = New-TestResource $emulator ghost
    $null = Invoke-Arm $emulator (Get-AccountPath $emulator ghost) -Method DELETE
    $null = Wait-Until { Get-AzOpenAIDeletedResource ghost -ErrorAction Ignore }
    $access = (Grant-AzOpenAIAccess $resource -CurrentUser).Id
    $right = @{
        Resource = $resource
        Deployment = "$resource/deployments/chat"
        ContentFilter = "$resource/raiPolicies/strict"
        Blocklist = "$resource/raiBlocklists/rivals"
        BlocklistItem = "$resource/raiBlocklists/rivals/raiBlocklistItems/one"
        DeletedResource = (Get-AzOpenAIDeletedResource ghost).Id
        Access = $access
    }

    # What stands below an object of any kind, and what is no id.
    function Get-WrongId([string] $Id) {
        "$Id/providers/Microsoft.Authorization/locks/x"
        "$Id/providers/Microsoft.Insights/diagnosticSettings/x"
        "$Id/privateEndpointConnections/x"
        "$Id/$($Id.Split('/')[-2])/x"
        "$Id/..", "$Id/../$($Id.Split('/')[-1])", "$Id/.", "$Id/", "$Id//", "/$Id", "$Id/x", "$Id`?x=y", "$Id#x", "$Id%2f..", "$Id`n", "$Id$([char]0x202e)", "$Id\x"
    }

    function Get-AllWrongId([string] $Kind) {
        Get-WrongId $right[$Kind]
        if ($Kind -ne 'Access') { "$($right[$Kind])/providers/Microsoft.Authorization/roleAssignments/$([guid]::Empty)" }
        foreach ($other in $right.Keys) {
            # A resource is known by its parts, and a deleted one by its former id.
            if ($other -eq $Kind -or ($Kind -in 'Resource' -and $other -in 'Deployment', 'ContentFilter', 'Blocklist', 'BlocklistItem') -or ($Kind -eq 'DeletedResource' -and $other -eq 'Resource')) { continue }
            # Revoke takes the id of anything but a role assignment for a resource.
            if ($Kind -eq 'Access') { continue }
            $right[$other]
        }
        if ($Kind -eq 'Resource') {
            "$resource/projects/x", "$resource/connections/x", "$resource/projects/x/connections/y"
            $resource -replace '/providers.*'
            $resource -replace '/resourceGroups.*'
            $resource -replace 'CognitiveServices', 'Storage'
        }
    }

    # A script block from text runs where no variable of the test is known.
    function New-Call([string] $Script, [string] $Value = '') {
        $literal = { param($Text) "'$($Text.Replace("'", "''"))'" }
        $script = $Script.Replace('$resource/', (& $literal "$resource/").TrimEnd("'").TrimStart("'")).Replace('$resource', (& $literal $resource)).Replace('$value', (& $literal $Value))
        [scriptblock]::Create("$script -ErrorAction Stop")
    }

    function Clear-Log {
        Clear-EmulatorWrite $emulator
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
    }

    function Assert-Refused([scriptblock] $Call, [string] $What) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Match '^(ResourceExpected|\w+IdInvalid|\w+NameInvalid),' -Because "$What is refused: $failure"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'The table of commands below' {
    It 'has every parameter that takes an identity' -ForEach @{ Calls = $calls } {
        $known = foreach ($call in $Calls) { "$(($call.Script -split ' ')[0]) $($call.Parameter)" }
        $missing = foreach ($command in Get-Command -Module AzOpenAI -CommandType Cmdlet) {
            foreach ($parameter in $command.Parameters.Values) {
                $type = $parameter.ParameterType.IsArray ? $parameter.ParameterType.GetElementType() : $parameter.ParameterType
                if ($type.Namespace -eq 'AzOpenAI.Parameters' -and $type.Name -like '*Identity' -and $type.Name -notin 'ConnectionIdentity', 'ConversationIdentity') {
                    if ("$($command.Name) $($parameter.Name)" -notin $known) { "$($command.Name) -$($parameter.Name)" }
                }
            }
        }
        $missing | Should -BeNullOrEmpty
    }
}

Describe 'An id that is not exactly the one of the object' {
    It 'is refused before a request by <Script>' -ForEach $calls {
        $wrong = @(Get-AllWrongId $Kind)
        Clear-Log
        foreach ($id in $wrong) {
            Assert-Refused (New-Call ($Script -f '$value') $id) $id
        }
        $wrong.Count | Should -BeGreaterThan 15
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty -Because 'nothing has to be asked to see that an id is wrong'
    }

    It 'is refused when it is piped to <Script>' -ForEach @(
        @{ Kind = 'Resource'; Script = 'Remove-AzOpenAIResource -Force' }
        @{ Kind = 'Resource'; Script = 'Set-AzOpenAIResource -Tag @{ a = "b" }' }
        @{ Kind = 'Resource'; Script = 'New-AzOpenAIKey -KeyName Key1 -Force' }
        @{ Kind = 'Resource'; Script = 'New-AzOpenAIDeployment -Model gpt-5-mini -Name fresh' }
        @{ Kind = 'Resource'; Script = 'New-AzOpenAIContentFilter -Name fresh' }
        @{ Kind = 'Resource'; Script = 'New-AzOpenAIBlocklist -Name fresh' }
        @{ Kind = 'Resource'; Script = 'Grant-AzOpenAIAccess -CurrentUser' }
        @{ Kind = 'Resource'; Script = 'Get-AzOpenAIResource' }
        @{ Kind = 'DeletedResource'; Script = 'Remove-AzOpenAIDeletedResource -Force' }
        @{ Kind = 'Deployment'; Script = 'Remove-AzOpenAIDeployment -Force' }
        @{ Kind = 'ContentFilter'; Script = 'Remove-AzOpenAIContentFilter -Force' }
        @{ Kind = 'Blocklist'; Script = 'Remove-AzOpenAIBlocklist -Force' }
        @{ Kind = 'BlocklistItem'; Script = 'Remove-AzOpenAIBlocklistItem -Force' }
        @{ Kind = 'Access'; Script = 'Revoke-AzOpenAIAccess' }
    ) {
        $wrong = @(Get-AllWrongId $Kind | Where-Object { $_ -like "*/accounts/*" -or $Kind -ne 'Resource' })
        Clear-Log
        foreach ($id in $wrong) {
            Assert-Refused (New-Call "`$value | $Script" $id) "text $id"
            # A row of another module names its resource, too; its own id says what it is.
            Assert-Refused (New-Call "[pscustomobject]@{ Id = `$value; Name = 'x'; ResourceName = 'contoso'; ResourceGroupName = 'rg' } | $Script" $id) "a row with the Id $id"
            # Of a part of a resource the ResourceId may be the resource's.
            if ($Kind -notin 'BlocklistItem', 'Access' -and $id -ne $resource) {
                Assert-Refused (New-Call "[pscustomobject]@{ ResourceId = `$value; Name = 'x'; ResourceName = 'contoso'; ResourceGroupName = 'rg' } | $Script" $id) "a row with the ResourceId $id"
            }
        }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'of a part is refused by <Script>, which works on the whole' -ForEach @(
        @{ Script = 'Remove-AzOpenAIResource -Force' }, @{ Script = 'Set-AzOpenAIResource -Tag @{ a = "b" }' }, @{ Script = 'Grant-AzOpenAIAccess -CurrentUser' }
        @{ Script = 'Revoke-AzOpenAIAccess -CurrentUser' }
    ) {
        Clear-Log
        foreach ($part in 'Deployment', 'ContentFilter', 'Blocklist', 'BlocklistItem') {
            (Get-Failure (New-Call "`$value | $Script" $right[$part])).FullyQualifiedErrorId | Should -BeLike 'ResourceExpected,*'
        }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says which kind it is and which is expected' {
        "$(Get-Failure { Remove-AzOpenAIResource "$resource/providers/Microsoft.Authorization/locks/keep" -Force -ErrorAction Stop })" | Should -Match "lock 'keep' of 'contoso'"
        "$(Get-Failure { Remove-AzOpenAIResource $access -Force -ErrorAction Stop })" | Should -Match 'role assignment.*Revoke-AzOpenAIAccess'
        "$(Get-Failure { Remove-AzOpenAIDeployment $right.ContentFilter -Force -ErrorAction Stop })" | Should -Match "the ID of a content filter, but the ID of a deployment is expected"
        "$(Get-Failure { Remove-AzOpenAIBlocklist $right.BlocklistItem -Force -ErrorAction Stop })" | Should -Match 'the ID of a blocklist item, but the ID of a blocklist is expected'
        "$(Get-Failure { Remove-AzOpenAIResource "$resource/" -Force -ErrorAction Stop })" | Should -Match 'empty segment'
    }

    It 'is refused where the resource of the attack was deleted by it' {
        Clear-Log
        $failure = Get-Failure { (Get-AzOpenAIAccess contoso -ErrorAction Stop)[0].Id | Remove-AzOpenAIResource -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ResourceExpected,*'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-Exists $emulator $resource | Should -BeTrue
    }

    It 'is not refused for its case' {
        (Get-AzOpenAIResource $resource.ToUpperInvariant()).Name | Should -Be 'contoso'
        (Get-AzOpenAIDeployment $right.Deployment.ToLowerInvariant()).Name | Should -Be 'chat'
    }
}

Describe 'A name that is no name' {
    It 'is refused before a request by <_>' -ForEach @(
        'Get-AzOpenAIResource -Name $value', 'Get-AzOpenAIResource -ResourceGroupName $value', 'Remove-AzOpenAIResource $value -Force', 'Remove-AzOpenAIResource -ResourceGroupName $value -Name contoso -Force',
        'Remove-AzOpenAIResource -ResourceGroupName rg -Name $value -Force', 'New-AzOpenAIResource rg $value swedencentral', 'New-AzOpenAIResource $value fresh swedencentral -CreateResourceGroup',
        'Get-AzOpenAIKey $value', 'Get-AzOpenAIKey -ResourceGroupName $value -ResourceName contoso', 'New-AzOpenAIKey $value -KeyName Key1 -Force',
        'Get-AzOpenAIDeployment $value', 'Get-AzOpenAIDeployment contoso $value', 'New-AzOpenAIDeployment contoso gpt-5-mini -Name $value', 'New-AzOpenAIDeployment contoso gpt-5-mini -Name $value -SkipCheck',
        'New-AzOpenAIDeployment contoso gpt-5-mini -Name fresh -Spillover $value', 'New-AzOpenAIDeployment contoso gpt-5-mini -Name fresh -ContentFilter $value',
        'Set-AzOpenAIDeployment $value -Resource contoso -Capacity 3', 'Set-AzOpenAIDeployment -Name $value -Resource contoso -Capacity 3', 'Set-AzOpenAIDeployment chat -Resource contoso -Spillover $value',
        'Remove-AzOpenAIDeployment -Name $value -Resource contoso -Force', 'Suspend-AzOpenAIDeployment -Name $value -Resource contoso',
        'Get-AzOpenAIContentFilter contoso $value', 'New-AzOpenAIContentFilter contoso -Name $value', 'Remove-AzOpenAIContentFilter -Name $value -Resource contoso -Force', 'Set-AzOpenAIContentFilter -Name $value -Resource contoso -Hate Low',
        'New-AzOpenAIContentFilter contoso -Name fresh -BasePolicy $value', 'New-AzOpenAIContentFilter contoso -Name fresh -Blocklist $value',
        'Get-AzOpenAIBlocklist contoso $value', 'New-AzOpenAIBlocklist contoso -Name $value', 'Remove-AzOpenAIBlocklist -Name $value -Resource contoso -Force', 'Set-AzOpenAIBlocklist -Name $value -Resource contoso -Description y',
        'Get-AzOpenAIBlocklistItem $value -Resource contoso', 'Get-AzOpenAIBlocklistItem rivals $value -Resource contoso', 'Remove-AzOpenAIBlocklistItem -Blocklist rivals -Name $value -Resource contoso -Force',
        'Set-AzOpenAIBlocklistItem -Blocklist rivals -Name $value -Resource contoso -Pattern y',
        'Get-AzOpenAIDeletedResource -Name $value', 'Remove-AzOpenAIDeletedResource $value -Force', 'Restore-AzOpenAIDeletedResource -ResourceGroupName $value -Name ghost',
        'Set-AzOpenAIContext -Deployment $value', '[pscustomobject]@{ ResourceGroupName = "rg"; ResourceName = $value } | Set-AzOpenAIResource -Tag @{ a = "b" }',
        '[pscustomobject]@{ ResourceGroupName = "rg"; ResourceName = "contoso"; SubscriptionId = $value } | Set-AzOpenAIResource -Tag @{ a = "b" }'
    ) {
        Clear-Log
        foreach ($name in '..', '.', 'a/b', 'a\b', 'a%2fb', 'a#x', " a", "a`nb", "a$([char]27)b", "a$([char]0x202e)b") {
            Assert-Refused (New-Call $_ $name) "'$name'"
        }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'is refused as a deployment in a path of the data plane' {
        $connection = New-AzOpenAIConnection dated -Endpoint "$($emulator.Uri)contoso/" -Key ('0' * 32) -ApiVersion 2024-10-21
        Clear-Log
        foreach ($name in '..', '.', "a`nb") {
            foreach ($call in { Invoke-AzOpenAIChat Hello -Connection $connection -Deployment $name -ErrorAction Stop },
                { Get-AzOpenAIEmbedding Hello -Connection $connection -Deployment $name -ErrorAction Stop },
                { Invoke-AzOpenAICompletion Hello -Connection $connection -Deployment $name -ErrorAction Stop }) {
                (Get-Failure $call).FullyQualifiedErrorId | Should -BeLike 'NameInPathInvalid,*'
            }
        }
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }
}

Describe 'A row' {
    BeforeAll {
        $account = New-TestResource $emulator rowone -Deployment chat
        $other = New-TestResource $emulator rowtwo
        $lock = "$account/providers/Microsoft.Authorization/locks/lock1"
    }

    It 'with an Id that is wrong is refused, whatever else it says: <id>' -ForEach @(
        @{ id = 'https://management.azure.com{0}' }
        @{ id = ' {0}' }
        @{ id = '%2fsubscriptions%2fs' }
        @{ id = 'subscriptions/s/resourceGroups/rg' }
        @{ id = 'rowone/deployments/chat' }
        @{ id = '..' }
    ) {
        Clear-Log
        $row = [pscustomobject]@{ Id = $id -f $lock; ResourceGroupName = 'rg'; Name = 'rowone' }
        foreach ($call in { $row | Remove-AzOpenAIResource -Force -ErrorAction Stop }, { $row | Set-AzOpenAIResource -Tag @{ a = 'b' } -ErrorAction Stop },
            { $row | New-AzOpenAIKey -KeyName Key1 -Force -ErrorAction Stop }, { $row | New-AzOpenAIDeployment -Model gpt-5-mini -Name x -ErrorAction Stop }) {
            $null = Get-Failure $call
        }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'with a list for its Id is refused' {
        Clear-Log
        $row = [pscustomobject]@{ Id = @($lock, $account); ResourceGroupName = 'rg'; Name = 'rowone' }
        $null = Get-Failure { $row | Remove-AzOpenAIResource -Force -ErrorAction Stop }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'with a number for its Id is known by its names' {
        ([pscustomobject]@{ Id = 7; ResourceGroupName = 'rg'; Name = 'rowone' } | Get-AzOpenAIResource).Name | Should -Be rowone
    }

    It 'whose two ids contradict each other is refused' {
        Clear-Log
        (Get-Failure { [pscustomobject]@{ ResourceId = $other; Id = $account } | Set-AzOpenAIResource -Tag @{ a = 'b' } -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'ResourceIdInvalid,*'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'about a deployment is never taken for its resource' {
        Clear-Log
        $rows = Get-AzOpenAIDeployment -Resource rowone | Select-Object ResourceGroupName, ResourceName, Name | ConvertTo-Csv | ConvertFrom-Csv
        (Get-Failure { $rows | Remove-AzOpenAIResource -Force -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'ResourceExpected,*'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'about a soft-deleted resource is the one of its Id' {
        $foreign = "/subscriptions/$((Get-OtherSubscription $emulator).subscriptionId)/providers/Microsoft.CognitiveServices/locations/swedencentral/resourceGroups/rg/deletedAccounts/rowtwo"
        Remove-AzOpenAIResource rowtwo -Force
        Clear-Log
        $null = Get-Failure { [pscustomobject]@{ Id = $foreign; ResourceGroupName = 'rg'; Name = 'rowtwo' } | Remove-AzOpenAIDeletedResource -Force -ErrorAction Stop }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        $own = (Get-AzOpenAIDeletedResource rowtwo).Id
        [pscustomobject]@{ Id = $own } | Restore-AzOpenAIDeletedResource
        Test-Exists $emulator $other | Should -BeTrue
    }
}

Describe 'A subscription' {
    It 'is taken by its GUID, its id and its name' {
        $subscription = $emulator.SubscriptionId
        $name = (Get-AzOpenAIContext).SubscriptionName
        foreach ($value in $subscription, "/subscriptions/$subscription", $name) {
            (Get-AzOpenAIResource contoso -Subscription $value).SubscriptionId | Should -Be $subscription
        }
    }

    It 'is not taken from a longer id' {
        Clear-Log
        foreach ($value in $resource, "/subscriptions/$($emulator.SubscriptionId)/", "/subscriptions/$($emulator.SubscriptionId)/resourceGroups/rg", '/subscriptions/..') {
            (Get-Failure { Get-AzOpenAIResource contoso -Subscription $value -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'SubscriptionIdInvalid,*'
        }
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }
}
