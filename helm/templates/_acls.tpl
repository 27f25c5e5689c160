{{/* What each role does in the cluster; names stand behind the prefix. */}}
{{- define "segue.acls" -}}
orchestrator:
  # All topics, and those that Kafka Streams keeps its state in.
  - {type: topic, name: "", pattern: prefix, operations: [Read, Write, Create, Delete, Describe, DescribeConfigs]}
  # Its own group, and the settings of those of the workers.
  - {type: group, name: "", pattern: prefix, operations: [Read, Describe, AlterConfigs, DescribeConfigs]}
  - {type: transactionalId, name: "", pattern: prefix, operations: [Write, Describe]}
generation:
  - {type: topic, name: window-tasks., pattern: prefix, operations: [Read, Describe]}
  - {type: topic, name: stopped-songs, pattern: literal, operations: [Read, Describe]}
  - {type: topic, name: code-segments, pattern: literal, operations: [Write, Describe]}
  - {type: topic, name: dead-letters, pattern: literal, operations: [Write, Describe]}
  - {type: group, name: generation., pattern: prefix, operations: [Read, Describe]}
assembler:
  - {type: topic, name: audio-tasks, pattern: literal, operations: [Read, Describe]}
  - {type: topic, name: stopped-songs, pattern: literal, operations: [Read, Describe]}
  - {type: topic, name: audio-segments, pattern: literal, operations: [Write, Describe]}
  - {type: topic, name: dead-letters, pattern: literal, operations: [Write, Describe]}
  - {type: group, name: assembly, pattern: literal, operations: [Read, Describe]}
client:
  - {type: topic, name: song-requests, pattern: literal, operations: [Write, Describe]}
  - {type: topic, name: song-commands, pattern: literal, operations: [Write, Describe]}
  - {type: topic, name: models, pattern: literal, operations: [Read, Write, Describe]}
  - {type: topic, name: song-events, pattern: literal, operations: [Read, Describe]}
{{- end -}}
