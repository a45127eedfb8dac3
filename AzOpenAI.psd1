@{
    RootModule           = 'module/AzOpenAI.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6c1d0c9e-6f0b-4a6e-9a25-0f5c1d3f7f8e'
    Author               = 'AzOpenAI contributors'
    CompanyName          = 'AzOpenAI contributors'
    Copyright            = '(c) AzOpenAI contributors. MIT licence.'
    Description          = 'The whole life of Azure OpenAI from a shell, a script or a CI pipeline: resource, deployment, key, chat. With an emulator of both planes.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('module/AzOpenAI.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Connect-AzOpenAI'
        'Disconnect-AzOpenAI'
        'Export-AzOpenAIConfiguration'
        'Get-AzOpenAIAccess'
        'Get-AzOpenAIBlocklist'
        'Get-AzOpenAIBlocklistItem'
        'Get-AzOpenAIConnection'
        'Get-AzOpenAIContentFilter'
        'Get-AzOpenAIContext'
        'Get-AzOpenAIDeletedResource'
        'Get-AzOpenAIDeployment'
        'Get-AzOpenAIKey'
        'Get-AzOpenAIModel'
        'Get-AzOpenAIRegion'
        'Get-AzOpenAIResource'
        'Get-AzOpenAIUsage'
        'Grant-AzOpenAIAccess'
        'Invoke-AzOpenAIChat'
        'New-AzOpenAIBlocklist'
        'New-AzOpenAIBlocklistItem'
        'New-AzOpenAIConnection'
        'New-AzOpenAIContentFilter'
        'New-AzOpenAIDeployment'
        'New-AzOpenAIKey'
        'New-AzOpenAIResource'
        'Remove-AzOpenAIBlocklist'
        'Remove-AzOpenAIBlocklistItem'
        'Remove-AzOpenAIConnection'
        'Remove-AzOpenAIContentFilter'
        'Remove-AzOpenAIDeletedResource'
        'Remove-AzOpenAIDeployment'
        'Remove-AzOpenAIResource'
        'Restore-AzOpenAIDeletedResource'
        'Resume-AzOpenAIDeployment'
        'Revoke-AzOpenAIAccess'
        'Set-AzOpenAIBlocklist'
        'Set-AzOpenAIBlocklistItem'
        'Set-AzOpenAIConnection'
        'Set-AzOpenAIContentFilter'
        'Set-AzOpenAIContext'
        'Set-AzOpenAIDeployment'
        'Set-AzOpenAIResource'
        'Start-AzOpenAIEmulator'
        'Stop-AzOpenAIEmulator'
        'Suspend-AzOpenAIDeployment'
        'Test-AzOpenAIDeployment'
        'Update-AzOpenAIKey'
        'Wait-AzOpenAIDeployment'
        'Wait-AzOpenAIResource'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Azure', 'OpenAI', 'AzureOpenAI', 'Foundry', 'GPT', 'LLM', 'Chat', 'Emulator', 'Linux', 'MacOS', 'Windows')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
