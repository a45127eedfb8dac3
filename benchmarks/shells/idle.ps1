[Threading.Thread]::Sleep(500)
"Peak=$([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)"
