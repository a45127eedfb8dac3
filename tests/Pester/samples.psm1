# Objects of the module's public types with every property set, by reflection: what a test does with them holds for types that are yet to come.

<# A text for a property: as long as real ones are. #>
function Get-SampleText([string] $Name) {
    if ($Name -match '^(Subscription|Tenant|Principal|Request)Id$') { return '11111111-1111-4111-8111-111111111111' }
    if ($Name -match 'Id$') { return '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-production/providers/Microsoft.CognitiveServices/accounts/contoso' }
    if ($Name -match 'Json|Raw') { return '{"a":1}' }
    'contoso-production'
}

<# A value of a type. Text gives the text of a property by its name. #>
function New-Sample([type] $Type, [string] $Name, [scriptblock] $Text = ${function:Get-SampleText}, [string] $Secret = 'secret', [Uri] $Address = 'https://contoso-production.openai.azure.com/', [int] $Depth = 0) {
    $more = @{ Text = $Text; Secret = $Secret; Address = $Address; Depth = $Depth + 1 }
    $core = [Nullable]::GetUnderlyingType($Type) ?? $Type
    if ($core -in [string], [object]) { return & $Text $Name }
    if ($core -eq [securestring]) { return ConvertTo-SecureString $Secret -AsPlainText -Force }
    if ($core -eq [Uri]) { return $Address }
    if ($core -eq [bool]) { return $true }
    if ($core -eq [int]) { return 100000 }
    if ($core -eq [long]) { return 100000L }
    if ($core -in [double], [decimal]) { return 100000.5 }
    if ($core -eq [float]) { return [float] 0.5 }
    if ($core -eq [byte]) { return [byte] 27 }
    if ($core -eq [DateTimeOffset]) { return [DateTimeOffset]::new(2026, 11, 21, 9, 0, 0, [TimeSpan]::Zero) }
    if ($core -eq [DateTime]) { return [DateTime]::new(2026, 11, 21) }
    if ($core -eq [DateOnly]) { return [DateOnly]::new(2026, 11, 21) }
    if ($core -eq [TimeSpan]) { return [TimeSpan]::FromSeconds(90) }
    if ($core -eq [guid]) { return [guid] '11111111-1111-4111-8111-111111111111' }
    if ($core.IsEnum) { return [Enum]::GetValues($core).GetValue(0) }
    if ($Depth -gt 4) { return $null }
    if ($core.IsGenericType -and $core.IsInterface -and $core.GetGenericArguments().Count -eq 2) {
        $map = [Activator]::CreateInstance([System.Collections.Generic.Dictionary`2].MakeGenericType($core.GetGenericArguments()))
        $map.Add((& $Text 'team'), (& $Text 'search'))
        return , $map
    }
    if ($core.IsArray -or ($core.IsGenericType -and $core.IsInterface)) {
        $item = if ($core.IsArray) { $core.GetElementType() } else { $core.GetGenericArguments()[0] }
        $list = [Array]::CreateInstance($item, 1)
        $value = New-Sample $item $Name @more
        if ($null -ne $value) { $list[0] = $value }
        return , $list
    }
    if ($core.IsClass -and -not $core.IsAbstract -and $core.Namespace -eq 'AzOpenAI') { return New-SampleObject $core @more }
    $null
}

<# An object of a type with every property set that can be, whoever may set it. #>
function New-SampleObject([type] $Type, [scriptblock] $Text = ${function:Get-SampleText}, [string] $Secret = 'secret', [Uri] $Address = 'https://contoso-production.openai.azure.com/', [int] $Depth = 0) {
    $more = @{ Text = $Text; Secret = $Secret; Address = $Address; Depth = $Depth }
    $constructor = @($Type.GetConstructors([Reflection.BindingFlags] 'Instance, Public, NonPublic') |
        Where-Object { $_.GetParameters().ParameterType -notcontains $Type } | Sort-Object { -not $_.IsPublic }, { $_.GetParameters().Count })[0]
    $arguments = @(foreach ($parameter in $constructor.GetParameters()) { , (New-Sample $parameter.ParameterType $parameter.Name @more) })
    $object = $constructor.Invoke($arguments)
    foreach ($property in $Type.GetProperties()) {
        if (-not $property.GetSetMethod($true) -or $property.GetIndexParameters().Count -or $property.GetGetMethod().IsStatic) { continue }
        $value = New-Sample $property.PropertyType $property.Name @more
        if ($null -ne $value) { $property.SetValue($object, $value) }
    }
    $object
}

<# The public types that can be made and have something to show; not the loader's and not exceptions. #>
function Get-PublicType {
    [AzOpenAI.Deployment].Assembly.GetExportedTypes() | Where-Object {
        $_.IsClass -and -not $_.IsAbstract -and -not $_.IsGenericTypeDefinition -and $_.Namespace -eq 'AzOpenAI' -and $_.GetProperties().Count -and
        $_ -notin [AzOpenAI.ModuleLoadContext], [AzOpenAI.ServiceUri] -and -not $_.IsAssignableTo([Exception])
    } | Sort-Object Name
}

Export-ModuleMember -Function New-Sample, New-SampleObject, Get-PublicType
