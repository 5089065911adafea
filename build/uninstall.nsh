; Said when a person removes the program, never while an update replaces it. Windows installers are built on Windows only.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    MessageBox MB_OK|MB_ICONINFORMATION "Dữ liệu của từng người dùng vẫn còn ở %APPDATA%\so-mot-cua (không bị xoá)." /SD IDOK
  ${endIf}
!macroend
