{{/* Names of settings of a library as variables: "a.b" below PREFIX is PREFIX_A_B. (dict "settings" MAP "prefix" PREFIX) */}}
{{- define "segue.libraryEnv" -}}
{{- $prefix := .prefix -}}
{{- range $key, $value := .settings }}
- name: {{ printf "%s_%s" $prefix ($key | upper | replace "." "_") }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Variables that every part of an installation has. */}}
{{- define "segue.installationEnv" -}}
- name: SEGUE_KAFKA_BOOTSTRAP_SERVERS
  value: {{ .Values.kafka.bootstrapServers | quote }}
- name: SEGUE_REGISTRY_URL
  value: {{ .Values.registry.url | quote }}
{{- include "segue.libraryEnv" (dict "settings" .Values.kafka.settings "prefix" "SEGUE_KAFKA_CLIENT") }}
{{- include "segue.libraryEnv" (dict "settings" .Values.registry.settings "prefix" "SEGUE_REGISTRY_CLIENT") }}
- name: SEGUE_TOPIC_PREFIX
  value: {{ .Values.topicPrefix | quote }}
{{- with .Values.telemetry.tracesEndpoint }}
- name: SEGUE_TRACES_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- include "segue.storeEnv" . }}
{{- end -}}

{{/* Variables of the object store. */}}
{{- define "segue.storeEnv" }}
- name: SEGUE_S3_ENDPOINT
  value: {{ .Values.s3.endpoint | quote }}
- name: SEGUE_S3_REGION
  value: {{ .Values.s3.region | quote }}
- name: SEGUE_S3_BUCKET
  value: {{ .Values.s3.bucket | quote }}
- name: SEGUE_S3_PATH_STYLE
  value: {{ .Values.s3.pathStyle | quote }}
{{- with .Values.s3.existingSecret }}
- name: SEGUE_S3_ACCESS_KEY
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.s3.accessKeyKey }}
- name: SEGUE_S3_SECRET_KEY
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.s3.secretKeyKey }}
{{- end }}
{{- end -}}

{{/* Secrets whose keys are variables, with those of a role. (dict "root" $ "more" LIST) */}}
{{- define "segue.envFrom" -}}
{{- $sources := list -}}
{{- range list .root.Values.kafka.existingSecret .root.Values.registry.existingSecret -}}
{{- if . -}}
{{- $sources = append $sources (dict "secretRef" (dict "name" .)) -}}
{{- end -}}
{{- end -}}
{{- with concat $sources .more }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Variables of any worker. (dict "root" $ "role" ROLE) */}}
{{- define "segue.workerEnv" -}}
- name: SEGUE_WORKER_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: SEGUE_WORKER_THREADS
  value: {{ .role.threads | quote }}
- name: SEGUE_WORKER_GRACE
  value: {{ printf "%ds" (int .role.graceSeconds) | quote }}
- name: SEGUE_MODELS
  value: {{ include "segue.models" .root | quote }}
- name: SEGUE_MODELS_CACHE
  value: /cache
{{- end -}}

{{/* Where models are. */}}
{{- define "segue.models" -}}
{{- if .Values.models.existingClaim -}}
/models
{{- else -}}
{{- default (printf "s3://%s" .Values.s3.bucket) .Values.models.source -}}
{{- end -}}
{{- end -}}
