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
        'Get-AzOpenAIContext'
        'Get-AzOpenAIDeployment'
        'Get-AzOpenAIKey'
        'Get-AzOpenAIModel'
        'Get-AzOpenAIRegion'
        'Get-AzOpenAIResource'
        'Invoke-AzOpenAIChat'
        'New-AzOpenAIDeployment'
        'New-AzOpenAIResource'
        'Remove-AzOpenAIDeployment'
        'Remove-AzOpenAIResource'
        'Start-AzOpenAIEmulator'
        'Stop-AzOpenAIEmulator'
        'Test-AzOpenAIDeployment'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Azure', 'OpenAI', 'AzureOpenAI', 'Foundry', 'GPT', 'LLM', 'Chat', 'Emulator', 'Linux', 'MacOS', 'Windows')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
