{{/* A pod that runs one command: (dict "root" $ "name" NAME "arguments" LIST). */}}
{{- define "segue.cliPod" -}}
{{- include "segue.podSecurity" .root }}
restartPolicy: Never
containers:
  - name: {{ .name }}
    image: {{ include "segue.image" (dict "root" .root "image" .root.Values.cli.image "suffix" "") }}
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    {{- include "segue.containerSecurity" . | nindent 4 }}
    args:
      {{- toYaml .arguments | nindent 6 }}
    env:
      {{- include "segue.installationEnv" .root | nindent 6 }}
    {{- include "segue.envFrom" (dict "root" .root "more" list) | nindent 4 }}
    resources:
      {{- toYaml .root.Values.cli.resources | nindent 6 }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
volumes:
  - name: tmp
    emptyDir: {}
{{- end -}}
