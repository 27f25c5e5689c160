{{/* What pods may call: (dict "ports" NUMBERS "peers" PEERS); anybody at those ports if there are no peers. */}}
{{- define "segue.egress" -}}
- ports:
    {{- range .ports }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
  {{- with .peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Ports of addresses that commas separate, as JSON: those that they name, else those of http and https. */}}
{{- define "segue.urlPorts" -}}
{{- $ports := list -}}
{{- range splitList "," . -}}
{{- $host := (urlParse (trim .)).host -}}
{{- $port := regexFind ":[0-9]+$" $host | trimPrefix ":" -}}
{{- $ports = append $ports (int (default (ternary "443" "80" (hasPrefix "https" (trim .))) $port)) -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}
