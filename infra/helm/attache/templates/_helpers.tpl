{{/* The name of the release's objects. */}}
{{- define "attache.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" (.Release.Name | trunc 32 | trimSuffix "-") .Chart.Name -}}
{{- end -}}
{{- end -}}

{{/* The Deployments, as a JSON object: for each its roles. */}}
{{- define "attache.deployments" -}}
{{- if .Values.deployments.separate -}}
{"worker": ["worker"], "pages": ["pages"], "console": ["console"]}
{{- else -}}
{"all": ["worker", "pages", "console"]}
{{- end -}}
{{- end -}}

{{/* The Deployment that has a role: call with (list $ "pages"). */}}
{{- define "attache.deploymentOf" -}}
{{- ternary (index . 1) "all" (index . 0).Values.deployments.separate -}}
{{- end -}}

{{/* The name of a Deployment and of its objects: call with (list $ "worker"). */}}
{{- define "attache.name" -}}
{{- $root := index . 0 -}}
{{- include "attache.fullname" $root }}{{ if ne (index . 1) "all" }}-{{ index . 1 }}{{ end -}}
{{- end -}}

{{- define "attache.selector" -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* The labels of an object: call with (list $ "worker"); "shared" if it belongs to no Deployment. */}}
{{- define "attache.labels" -}}
{{ include "attache.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name ((index . 0).Chart.Version | replace "+" "_") }}
{{- end -}}

{{- define "attache.serviceAccount" -}}
{{- $account := (index (index . 0).Values.deployments (index . 1)).serviceAccount -}}
{{- if $account.name -}}
{{- $account.name -}}
{{- else if $account.create -}}
{{- include "attache.name" . -}}
{{- else -}}
{{- fail (printf "deployments.%s.serviceAccount.name is missing: the chart does not create the account" (index . 1)) -}}
{{- end -}}
{{- end -}}

{{- define "attache.image" -}}
{{- $tag := default .Chart.AppVersion .Values.image.tag -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else if eq $tag "latest" -}}
{{- fail "image.tag is \"latest\", which moves: name a version, or set image.digest" -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository $tag -}}
{{- end -}}
{{- end -}}

{{/* The environment of a Deployment, without secrets, as a JSON object. */}}
{{- define "attache.environment" -}}
{{- $root := index . 0 -}}
{{- $own := index $root.Values.deployments (index . 1) -}}
{{- $environment := merge (dict) $own.environment $root.Values.environment -}}
{{- range $name, $value := $environment -}}
{{- if has $name (list "ATTACHE_ROLES" "SERVER_PORT" "MANAGEMENT_SERVER_PORT") -}}
{{- fail (printf "environment.%s is set by the chart: remove it" $name) -}}
{{- end -}}
{{- if regexMatch "PASSWORD|SECRET|AWS_SESSION_TOKEN" $name -}}
{{- fail (printf "environment.%s is a secret: put it into a Secret, and name that in secretEnvironment" $name) -}}
{{- end -}}
{{- end -}}
{{- toJson $environment -}}
{{- end -}}

{{/* The URL of the pages, as the environment has it; empty if it does not. */}}
{{- define "attache.publicUrl" -}}
{{- $environment := include "attache.environment" (list . (include "attache.deploymentOf" (list . "pages"))) | fromJson -}}
{{- coalesce (get $environment "ATTACHE_GATEWAY_PUBLICURL") (get $environment "ATTACHE_GATEWAY_PUBLIC_URL") "" -}}
{{- end -}}

{{/* Fails if a value needs the user of the actuator, and there is none: call with (list $ "what needs it"). */}}
{{- define "attache.needsManagementUser" -}}
{{- if not (index . 0).Values.managementUser.secret -}}
{{- fail (printf "managementUser.secret is missing: %s signs in to the management port" (index . 1)) -}}
{{- end -}}
{{- end -}}
