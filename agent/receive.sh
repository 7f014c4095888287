# What the server says, framed: lines, and documents, each put together in a file. It runs beside `serve` and changes nothing; it tells it
# as the bells do: `server LINE`, `time EPOCH TICKS` (when it came), `document REVISION COUNT` (all of it is in $RUN/document, which is
# `serve`'s until it removes it), `program VERSION SIGNATURE` (in $RUN/program), `error REASON`, `refused REVISION` or `kept VERSION` (it is
# not complete), and at last `over`.

# An empty line comes first, with the line itself in one write (both are shorter than a pipe takes at once): `read -t` that ends within a
# line loses what it has read, and so waits for that one only.
ring() { printf '\n%s\n' "$*"; }
read_server() { # a line has 512 bytes with its end, printable ASCII; without its end it is not a line
  applying='' handed=''
  tr '\000-\011\013-\037\177-\377' '\001' | while IFS= read -r -n 512 line; do
    case $line in *[!\ -~]*) problem=not-printable ;; *) problem='' ;; esac
    while [ "${#line}" -eq 512 ] && problem=too-long && IFS= read -r -n 512 line; do :; done
    if [ -n "$problem" ]; then ring "error $problem"; else receive "$line"; fi || exit
  done
  ring over
}
receive() {
  token=${1#* }
  case $1 in
    'apply '*) begin_document ;;
    'update '*) begin_program ;;
    'chunk '*) if is_positive "$token" 5 && [ "$token" -ge 2 ] && [ "$token" -le 65536 ]; then take_chunk; else ring 'error bad-token'; fi ;;
    'time '*) if is_positive "$token" 11; then now && ring "time $token $ticks"; else ring 'error bad-token'; fi ;;
    'mode '* | 'limit '* | 'full '* | 'block '* | 'list '* | 'rate '* | 'net '* | 'new '* | 'known '* | 'window '* | 'once '* | 'when '*)
      [ -n "$applying" ] || { ring 'error unexpected'; return; }
      room=$((room - ${#1} - 1))
      [ "$room" -lt 0 ] || say "$1" >&4 ;;
    'end '*)
      [ -n "$applying" ] || { ring 'error unexpected'; return; }
      if [ "$token" != "$applying" ] || [ "$room" -lt 0 ]; then
        abandon
      elif is_number "$applying" 15; then
        handed=1
        ring "document $applying $expected"
      elif [ "$room" -eq 0 ]; then
        room=-1
        ring "program $applying $expected"
      else
        abandon
      fi
      applying='' ;;
    *) ring "server $1" ;;
  esac
}
abandon() { if is_number "$applying" 15; then ring "refused $applying"; else ring "kept $applying"; fi; }
begin_document() {
  if ! is_number "${token%% *}" 15 || ! is_positive "${token#* }" 6; then ring 'error bad-token'; return; fi
  [ -z "$applying" ] || abandon
  applying=${token%% *} expected=${token#* }
  room=$((expected * 96)) # bytes: what memory a document may take
  while [ -n "$handed" ] && [ -e "$RUN/document" ]; do ring waiting && sleep 1 || exit; done # `serve` removes the one before
  handed=''
  exec 4>"$RUN/document"
}
take_chunk() { # $token bytes, which are whole lines of the document: by one process, as the shell reads byte by byte
  if [ -n "$applying" ] && room=$((room - token)) && [ "$room" -ge 0 ]; then
    dd bs=$((token - 1)) count=1 iflag=fullblock >&4
  else
    dd bs=$((token - 1)) count=1 iflag=fullblock >/dev/null
    [ -n "$applying" ] || ring 'error unexpected'
  fi 2>/dev/null
  IFS= read -r -n 1 line && [ -z "$line" ] || room=-1 # the last byte ends a line
  [ "${room:--1}" -lt 0 ] || say '' >&4
}
