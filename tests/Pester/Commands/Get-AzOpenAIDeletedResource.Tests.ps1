BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.GetAzOpenAIDeletedResourceCommand'
    foreach ($item in @(@{ Name = 'contoso' }, @{ Name = 'contoso-east'; Location = 'eastus2'; Group = 'rg-east' }, @{ Name = 'fabrikam' })) {
        $id = New-TestResource $emulator @item -Property @{ disableLocalAuth = $false }
        $null = Invoke-Arm $emulator $id -Method DELETE
    }
    $null = New-TestResource $emulator alive
    $null = Invoke-Arm $emulator (New-TestResource $emulator elsewhere -Subscription $other) -Method DELETE
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIDeletedResource' {
    It 'lists what was deleted, with the time that is left by the clock of the service' {
        $all = Get-AzOpenAIDeletedResource
        $all.Name | Sort-Object | Should -Be 'contoso', 'contoso-east', 'fabrikam'
        $all[0] | Should -BeOfType ([AzOpenAI.DeletedResource])
        ($all[0].PurgeDate - $all[0].DeletedAt).TotalHours | Should -Be 48
        $all[0].DaysLeft | Should -Be 2
        $null = Invoke-EmulatorControl $emulator clock -Method PATCH -Body @{ advanceSeconds = 129600 }
        try { (Get-AzOpenAIDeletedResource contoso).DaysLeft | Should -Be 0.5 }
        finally { $null = Invoke-EmulatorControl $emulator clock -Method PATCH -Body @{ advanceSeconds = -129600 } }
    }

    It 'looks by <Kind>' -ForEach @(
        @{ Kind = 'name'; Arguments = @{ Name = 'CONTOSO' }; Found = @('contoso') }
        @{ Kind = 'pattern'; Arguments = @{ Name = 'cont*' }; Found = @('contoso', 'contoso-east') }
        @{ Kind = 'region'; Arguments = @{ Location = 'East US 2' }; Found = @('contoso-east') }
        @{ Kind = 'group'; Arguments = @{ ResourceGroupName = 'rg' }; Found = @('contoso', 'fabrikam') }
        @{ Kind = 'subscription'; Arguments = @{ Subscription = '22222222-2222-4222-8222-222222222222' }; Found = @('elsewhere') }
    ) {
        (Get-AzOpenAIDeletedResource @Arguments).Name | Sort-Object | Should -Be $Found
    }

    It 'follows pages' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 1 }
        try { @(Get-AzOpenAIDeletedResource).Count | Should -Be 3 }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 100 } }
    }

    It 'gives nothing for a pattern that nothing fits, and an error for a name' {
        Get-AzOpenAIDeletedResource nothing* -ErrorAction Stop | Should -BeNullOrEmpty
        $failure = Get-Failure { Get-AzOpenAIDeletedResource contosso -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeletedResourceNotFound,$class"
        $failure.Exception.Message | Should -Match 'did you mean contoso, '
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (Get-Failure { Get-AzOpenAIDeletedResource alive -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "DeletedResourceNotFound,$class"
    }

    It 'says in which region it is instead' {
        $failure = Get-Failure { Get-AzOpenAIDeletedResource contoso -Location eastus2 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeletedResourceElsewhere,$class"
        "$failure" | Should -Match 'swedencentral'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'completes names' {
        Get-Completion 'Get-AzOpenAIDeletedResource fab' | Should -Be 'fabrikam'
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIDeletedResource' -Match @{ path = 'deletedAccounts' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}
