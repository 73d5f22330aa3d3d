# shellcheck shell=sh
# Policies of queues, topics and the bucket. Part of infra/setup.sh.

# policy_begin <service> <action> <ARN>...: begins our policy of a queue, topic or bucket: it refuses the action without TLS.
# allow_sender may add a statement. S3 needs two ARNs, of the bucket and of its objects.
policy_begin() {
  tls_action=$2
  resources="\"$3\""
  if [ $# -gt 3 ]; then resources="[\"$3\",\"$4\"]"; fi
  tls='{"Sid":"attache-tls","Effect":"Deny","Principal":"*","Action":"'$1:$2'","Resource":'$resources',"Condition":'
  tls=$tls'{"Bool":{"aws:SecureTransport":"false"}}}'
  send='' send_sid=''
}

# allow_sender <service> <source ARN> <queue ARN>: lets the topic or bucket send to the queue.
# The ARN of a bucket contains no account, and any account may create a bucket with the name of a deleted one; a condition
# therefore checks the account. The ARN of a topic contains it. For messages of SNS, AWS documents only aws:SourceArn (Amazon
# SNS Developer Guide, "Subscribing an Amazon SQS queue to an Amazon SNS topic"), so the account is checked only if it is there.
allow_sender() {
  send_service=$1
  send_source=$2
  send_sid=attache-$(printf '%s' "${2##*:}" | tr . -)
  equals=StringEqualsIfExists
  if [ "$1" = s3.amazonaws.com ]; then equals=StringEquals; fi
  send='{"Sid":"'$send_sid'","Effect":"Allow","Principal":{"Service":"'$1'"},"Action":"sqs:SendMessage","Resource":"'$3'",'
  send=$send'"Condition":{"ArnEquals":{"aws:SourceArn":"'$2'"},"'$equals'":{"aws:SourceAccount":"'$account'"}}}'
}

# Our policy, for something that has none.
our_policy() { printf '{"Version":"2012-10-17","Statement":[%s%s]}' "$tls" "${send:+,$send}"; }

# policy_for <what> <policy>: sets $policy to the policy of <what> with our statements, or to nothing if it has them. All other
# statements stay; $others is set to them, and $changed to the Sids of ours that the policy lacked.
policy_for() {
  others='' changed=''
  case $2 in
    '' | None)
      policy=$(our_policy)
      return ;;
  esac
  lines=$(policy_lines "$2")
  [ -n "$lines" ] || fail "the policy of $1 has a form that this script cannot change: Statement is not a list. Make it one, or" \
    "add what it lacks of this by hand, and run the script again: $(our_policy)"
  statements=$(printf '%s\n' "$lines" | sed '1d;$d')
  others=$(printf '%s\n' "$statements" | grep -vF -e '"Sid":"attache-tls"' -e "\"Sid\":\"${send_sid:-attache-tls}\"" || :)
  require_statement "$1" attache-tls "$tls" '"Effect":"Deny"' '"aws:SecureTransport":"false"' ":$tls_action\""
  [ -z "$send" ] ||
    require_statement "$1" "$send_sid" "$send" '"Effect":"Allow"' "\"$send_service\"" "\"$send_source\""
  policy=
  [ -z "$changed" ] || policy=$(line 1 "$lines")$(printf '%s\n' "$statements" | joined)$(line '$' "$lines")
}

# require_statement <what> <Sid> <statement> <text>...: adds the statement to $statements, unless there is one with this Sid or
# one that contains all the texts. One with this Sid that differs is kept and printed, or replaced with --reset.
require_statement() {
  what=$1
  sid=$2
  statement=$3
  shift 3
  its=$(matching "$statements" "\"Sid\":\"$sid\"")
  if [ -n "$its" ]; then
    if same "$its" "$statement"; then return; fi
    if [ -z "$reset" ]; then
      kept "the statement $sid in the policy of $what" "$its" "$statement"
      return
    fi
    statements=$(printf '%s\n' "$statements" | grep -vF -e "\"Sid\":\"$sid\"" || :)
  elif [ -n "$(matching "$statements" "$@")" ]; then
    return
  fi
  statements=$(printf '%s\n%s' "$statements" "$statement")
  changed="$changed $sid"
}

# Says that a policy that existed gets statements.
policy_changed() {
  [ -z "$changed" ] || echo "  Policy of $1: sets the statements$changed; others stay"
}

# matching <lines> <text>...: the lines that contain all the texts.
matching() {
  found=$1
  shift
  for text; do
    found=$(printf '%s\n' "$found" | grep -F -e "$text" || :)
  done
  printf '%s' "$found"
}

# Joins lines with commas; empty lines are left out.
joined() { awk 'NF { printf "%s%s", comma, $0; comma = "," }'; }

# policy_lines <policy>: what is before the list of statements, each statement on a line of its own, and what is after the list;
# without white space outside of strings. Nothing if Statement is not a list.
policy_lines() {
  printf '%s\n' "$1" | awk '
    { text = text " " $0 }
    END {
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (quoted) {
          if (c == "\\") c = c substr(text, ++i, 1)
          else if (c == "\"") quoted = 0
        } else if (c ~ /[ \t\r]/) continue
        else if (c == "\"") quoted = 1
        else if (c == "," && inside && depth == 2) continue
        else if (c == "[" && depth == 1 && part ~ /[{,]"Statement":$/) {
          print part c
          part = ""
          depth = 2
          inside = 1
          continue
        } else if (c == "[" || c == "{") depth++
        else if (c == "]" || c == "}") {
          depth--
          if (inside && depth == 2) {
            print part c
            part = ""
            continue
          }
          if (inside && depth == 1) {
            inside = 0
            after = 1
          }
        }
        part = part c
      }
      if (after) print part
    }'
}
