<# : cmd reads the lines up to the number sign and bracket, PowerShell those after them
@echo off
rem Runs the Maven on the PATH when it is new enough, and otherwise the one pinned in .mvn\wrapper\maven-wrapper.properties,
rem fetched once from Apache's archive into .m2\wrapper and checked against its SHA-512. mvnw does the same elsewhere.
setlocal
set "MVNW=%~f0"
set "MVNW_DIR=%~dp0"
set "MVNW_MAVEN="
rem A newer PowerShell's modules would confuse the one that every Windows has.
set "PSModulePath="
for /f "usebackq delims=" %%m in (`powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "& ([ScriptBlock]::Create((Get-Content -Raw -LiteralPath $env:MVNW)))"`) do set "MVNW_MAVEN=%%m"
if not defined MVNW_MAVEN exit /b 1
endlocal & "%MVNW_MAVEN%" %*
exit /b
#>

# Prints the path of the mvn.cmd to run, and nothing else: cmd takes it from there.
$ErrorActionPreference = 'Stop'
$least = [Version]'3.8.6'

# Ends the script: what is wrong, and what to do about it.
function Stop-Here([string] $message) {
    [Console]::Error.WriteLine("mvnw: $message")
    exit 1
}

# The Maven on the PATH if it is new enough. A preview such as 4.0.0-rc-2 counts as what it is a preview of.
function Find-Maven {
    $onPath = @(Get-Command mvn -CommandType Application -ErrorAction SilentlyContinue)
    if ($onPath.Count -eq 0) { return $null }
    $ErrorActionPreference = 'Continue'
    $env:MAVEN_ARGS = ''
    $said = (& $onPath[0].Path -v 2>$null) -join ' '
    if ($said -match 'Apache Maven (\d+\.\d+(\.\d+)?)' -and [Version]$Matches[1] -ge $least) { return $onPath[0].Path }
    return $null
}

function Get-Sha512([string] $file) {
    $algorithm = [Security.Cryptography.SHA512]::Create()
    $stream = [IO.File]::OpenRead($file)
    try { return [BitConverter]::ToString($algorithm.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() }
    finally { $stream.Dispose() }
}

# Fetches the pinned Maven to $target. Several at once may do so: the first to finish wins.
function Install-Maven([string] $url, [string] $sum, [string] $name, [string] $target) {
    [Console]::Error.WriteLine("No Maven $least or later on the PATH: fetching $name")
    # Beside its final place, so that the last step is a rename and nobody sees half a Maven.
    $work = "$target.fetch." + [Guid]::NewGuid().ToString('N')
    New-Item -ItemType Directory -Force -Path $work | Out-Null
    try {
        $archive = Join-Path $work 'maven.tar.gz'
        try {
            [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
            (New-Object Net.WebClient).DownloadFile($url, $archive)
        } catch {
            Stop-Here "could not fetch ${url}; is it reachable from here? Maven $least or later on the PATH does as well"
        }
        if ((Get-Sha512 $archive) -ne $sum) {
            Stop-Here "the archive from $url has another SHA-512 than $properties says; nothing was installed"
        }
        & "$env:SystemRoot\System32\tar.exe" -xzf $archive -C $work
        if ($LASTEXITCODE -ne 0) { Stop-Here "could not unpack the archive from $url" }
        if (-not (Test-Path -LiteralPath $target)) {
            try { [IO.Directory]::Move((Join-Path $work $name), $target) } catch { }
        }
    } finally {
        Remove-Item -Recurse -Force -LiteralPath $work -ErrorAction SilentlyContinue
    }
}

$maven = Find-Maven
if (-not $maven) {
    $properties = Join-Path $env:MVNW_DIR '.mvn\wrapper\maven-wrapper.properties'
    $pinned = @{}
    foreach ($line in [IO.File]::ReadAllLines($properties)) {
        if ($line -match '^([^#=]+)=(.*)$') { $pinned[$Matches[1].Trim()] = $Matches[2].Trim() }
    }
    $url = $pinned['distributionUrl']
    $sum = $pinned['distributionSha512Sum']
    if (-not $url -or -not $sum) { Stop-Here "$properties must have distributionUrl and distributionSha512Sum" }

    $name = ($url -split '/')[-1] -replace '-bin\.tar\.gz$', ''
    $m2 = $env:MAVEN_USER_HOME
    if (-not $m2) { $m2 = Join-Path $HOME '.m2' }
    $target = [IO.Path]::Combine($m2, 'wrapper', 'dists', $name)
    $maven = Join-Path $target 'bin\mvn.cmd'
    if (-not (Test-Path -LiteralPath $maven)) { Install-Maven $url $sum $name $target }
    if (-not (Test-Path -LiteralPath $maven)) { Stop-Here "$target holds no Maven; delete it and try again" }
}
[Console]::Out.WriteLine($maven)
