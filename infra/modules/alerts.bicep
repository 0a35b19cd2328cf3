@description('The Azure region.')
param location string

@description('The ending that makes names unique.')
param token string

@description('Tags of every resource.')
param tags object

@description('Where logs and metrics are queried.')
param workspaceId string

@description('Who is written to.')
param mailTo string[]

// A rule fires while its number is above 0 and closes by itself when it is 0 again.
var rules = [
  {
    name: 'cases-failed'
    title: 'Cases failed'
    severity: 1
    description: 'A case ended in failure and waits for a person. Open the console, filter by failed, rewind or end the case.'
    query: 'AppMetrics | where Name == "orchestrator.cases.failed" | summarize Value = max(Max)'
  }
  {
    name: 'cases-stuck'
    title: 'Cases stuck'
    severity: 1
    description: 'A case has made no step for longer than it should. The case page says what it waits for.'
    query: 'AppMetrics | where Name == "orchestrator.cases.stuck" | summarize Value = max(Max)'
  }
  {
    name: 'approvals-near-deadline'
    title: 'Approvals near their deadline'
    severity: 2
    description: 'A proposal ends undecided soon, and the customer is told no. The approvals page lists the nearest first.'
    query: 'AppMetrics | where Name == "orchestrator.approvals.near_deadline" | summarize Value = max(Max)'
  }
  {
    name: 'refunds-failed-after-announcement'
    title: 'Refunds failed after success was announced'
    severity: 1
    description: 'A customer was told of a refund that the bank sent back. Find another way to pay them; the case page names the refund.'
    query: 'AppMetrics | where Name == "orchestrator.refunds.failed_after_announcement" | summarize Value = max(Max)'
  }
  {
    name: 'audit-broken'
    title: 'Audit chain broken'
    severity: 0
    description: 'The audit record is not as it was written. Change nothing, and find out who wrote to the tables.'
    query: 'AppMetrics | where Name == "orchestrator.audit.broken" | summarize Value = max(Max)'
  }
  {
    name: 'keys-refused'
    title: 'Key Vault refused'
    severity: 1
    description: 'Key Vault refused a read: a secret is disabled or expired, a role is missing, or somebody asked who may not.'
    // 403 only: every client is answered 401 once before it sends a token.
    query: '''
union isfuzzy=true
  (AppMetrics | where Name == "orchestrator.keys.refused" | summarize Value = max(Max)),
  (AzureDiagnostics | where ResourceProvider == "MICROSOFT.KEYVAULT" and OperationName == "SecretGet" and column_ifexists("httpStatusCode_d", real(null)) == 403 | summarize Value = todouble(count()))
| summarize Value = max(Value)
'''
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'orchestrator'
    enabled: true
    emailReceivers: [
      for (address, index) in mailTo: {
        name: 'person-${index}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource above 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      // A table is there only from its first row on.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

// Without this a broken watch would look like a quiet day.
resource silent 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: 'watch-silent-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Nobody watches'
    description: 'The numbers that the other alerts read have not come for an hour. Look whether the app runs and may send telemetry.'
    severity: 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    autoMitigate: true
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "orchestrator.cases.failed"'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}
