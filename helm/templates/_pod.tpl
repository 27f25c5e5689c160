{{/* What every pod of the chart has: nothing of Kubernetes, no privileges. */}}
{{- define "segue.podSecurity" -}}
serviceAccountName: {{ include "segue.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .Values.security.runAsUser }}
  runAsGroup: {{ .Values.security.runAsGroup }}
  fsGroup: {{ .Values.security.fsGroup }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "segue.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
{{- end -}}

{{/* Where pods run. (dict "root" $ "role" ROLE "component" COMPONENT) */}}
{{- define "segue.placement" -}}
{{- with .role.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .role.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .role.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .role.topologySpread.enabled }}
topologySpreadConstraints:
  - topologyKey: {{ .role.topologySpread.topologyKey }}
    maxSkew: {{ .role.topologySpread.maxSkew }}
    whenUnsatisfiable: {{ .role.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "segue.selector" .root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
{{- end }}
{{- with .role.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .role.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* Whether a container lives and is ready; its start may take startSeconds. (dict "role" ROLE) */}}
{{- define "segue.probes" -}}
startupProbe:
  httpGet:
    path: /health/ready
    port: http
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: {{ div (add (int .role.startSeconds) 4) 5 }}
livenessProbe:
  httpGet:
    path: /health/live
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /health/ready
    port: http
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}

{{/*
A Deployment of one role:
(dict "root" $ "component" NAME "role" ROLE "image" IMAGE "port" PORT "env" YAML "volumes" YAML "mounts" YAML "scaled" BOOL
"preStop" SECONDS)
*/}}
{{- define "segue.deployment" -}}
{{- $role := .role -}}
{{- $gpu := and $role.gpu $role.gpu.enabled -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "segue.metadata" (dict "root" .root "name" (printf "%s-%s" (include "segue.fullname" .root) .component) "component" .component) | nindent 2 }}
spec:
  {{- if not .scaled }}
  replicas: {{ $role.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      {{- include "segue.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .component }}
  template:
    metadata:
      labels:
        {{- include "segue.labels" .root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
        {{- with $role.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with mergeOverwrite (deepCopy .root.Values.commonAnnotations) $role.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "segue.podSecurity" .root | nindent 6 }}
      {{- include "segue.placement" (dict "root" .root "role" $role "component" .component) | nindent 6 }}
      terminationGracePeriodSeconds: {{ add (int $role.graceSeconds) (int .preStop) 15 }}
      containers:
        - name: {{ .component }}
          image: {{ .image }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          {{- include "segue.containerSecurity" . | nindent 10 }}
          env:
            {{- include "segue.installationEnv" .root | nindent 12 }}
            - name: SEGUE_LOG_FORMAT
              value: {{ .root.Values.telemetry.logFormat }}
            {{- .env | nindent 12 }}
            {{- with $role.jvmOptions }}
            - name: JDK_JAVA_OPTIONS
              value: {{ . | quote }}
            {{- end }}
            {{- range $key, $value := $role.settings }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
            {{- with $role.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- include "segue.envFrom" (dict "root" .root "more" $role.extraEnvFrom) | nindent 10 }}
          ports:
            - name: http
              containerPort: {{ .port }}
              protocol: TCP
          {{- include "segue.probes" (dict "role" $role) | nindent 10 }}
          {{- if .preStop }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ .preStop }}
          {{- end }}
          resources:
            {{- $resources := deepCopy $role.resources }}
            {{- if $gpu }}
            {{- $limits := merge (dict $role.gpu.resource $role.gpu.count) (default dict $resources.limits) }}
            {{- $_ := set $resources "limits" $limits }}
            {{- end }}
            {{- toYaml $resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- with .mounts }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- with $role.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir: {}
        {{- with .volumes }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with $role.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end -}}

{{/* How many of a role's pods may be gone at once. (dict "root" $ "component" NAME "role" ROLE) */}}
{{- define "segue.disruptionBudget" -}}
{{- if .role.podDisruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "segue.metadata" (dict "root" .root "name" (printf "%s-%s" (include "segue.fullname" .root) .component) "component" .component) | nindent 2 }}
spec:
  maxUnavailable: {{ .role.podDisruptionBudget.maxUnavailable }}
  selector:
    matchLabels:
      {{- include "segue.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .component }}
{{- end }}
{{- end -}}

{{/*
How many of a role there are, by what the orchestrator says waits and runs.
(dict "root" $ "component" NAME "scaling" AUTOSCALING "value" PATH "target" NUMBER)
*/}}
{{- define "segue.scaledObject" -}}
{{- if .scaling.enabled }}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "segue.metadata" (dict "root" .root "name" (printf "%s-%s" (include "segue.fullname" .root) .component) "component" .component) | nindent 2 }}
spec:
  scaleTargetRef:
    name: {{ include "segue.fullname" .root }}-{{ .component }}
  minReplicaCount: {{ .scaling.minReplicas }}
  maxReplicaCount: {{ .scaling.maxReplicas }}
  pollingInterval: {{ .scaling.pollingSeconds }}
  cooldownPeriod: {{ .scaling.cooldownSeconds }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleDown:
          stabilizationWindowSeconds: {{ .scaling.stabilizationSeconds }}
  triggers:
    - type: metrics-api
      metricType: AverageValue
      metadata:
        url: {{ printf "http://%s-orchestrator.%s.svc:%d/backlog" (include "segue.fullname" .root) .root.Release.Namespace (int .root.Values.orchestrator.service.port) | quote }}
        valueLocation: {{ .value | quote }}
        targetValue: {{ .target | quote }}
        activationTargetValue: "0"
{{- end }}
{{- end -}}
