@description('The Azure region.')
param location string

@description('The ending that makes names unique.')
param token string

@description('Name of the Application Insights component.')
param insightsName string

@description('Tags of every resource.')
param tags object

@description('How many days logs are kept.')
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

@description('Where logs and metrics are queried.')
output workspaceId string = workspace.id

@description('Where telemetry is sent. It holds no key that is accepted: local authentication is off.')
output connectionString string = insights.properties.ConnectionString
