@description('The Azure region.')
param location string

@description('Name of the app, and the first part of its address.')
param name string

@description('The ending that makes names unique.')
param token string

@description('Tags of every resource.')
param tags object

@description('The storage account of the Functions host and of the records.')
param storageName string

@description('The container that code is deployed to.')
param packageContainer string

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('The subnet that the app sends from, or nothing.')
param subnetId string

@description('Whether the app\'s address is reachable from outside the network.')
param publicWeb bool

@description('Memory of an instance in MB.')
param instanceMemory int

@description('The most instances at a time.')
@minValue(1)
@maxValue(1000)
param maximumInstances int

@description('Instances that wait for requests and for orchestrations, each. 0: the app may sleep.')
@minValue(0)
param alwaysReady int

@description('The app registration that people sign in with.')
param signInClientId string

@description('The tenant of that registration.')
param signInTenantId string

@description('The product\'s own settings, and those of its task hub.')
param settings object

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

// The app registration trusts this identity instead of a client secret. It has no role anywhere.
resource signIn 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-sign-in-${token}'
  location: location
  tags: tags
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'orchestrator' })
  kind: 'functionapp,linux'
  identity: {
    type: 'SystemAssigned, UserAssigned'
    userAssignedIdentities: { '${signIn.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: publicWeb ? 'Enabled' : 'Disabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      healthCheckPath: '/health'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReady == 0
          ? []
          : [
              { name: 'http', instanceCount: alwaysReady }
              { name: 'durable', instanceCount: alwaysReady }
            ]
      }
    }
  }

  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: union(settings, {
    AzureWebJobsStorage__accountName: storageName
    AzureWebJobsStorage__credential: 'managedidentity'
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD'
    OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: signIn.properties.clientId
    ORCHESTRATOR__Web__PublicAddress: 'https://${site.properties.defaultHostName}'
    ORCHESTRATOR__SignIn__Kind: 'appService'
    // Of the built-in policy's groups: who decides on large sums also operates. Nobody would, if this were not here.
    ORCHESTRATOR__Roles__Operator: 'finance'
    ORCHESTRATOR__Roles__Administrator: 'finance'
  })
}

resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true, runtimeVersion: '~1' }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      // These take no person's word: a signature over the body is checked, and /health says only that the app runs.
      excludedPaths: ['/health', '/inbox/*', '/webhooks/*']
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: signInClientId
          clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
          openIdIssuer: '${environment().authentication.loginEndpoint}${signInTenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [signInClientId]
          defaultAuthorizationPolicy: { allowedApplications: [signInClientId] }
        }
      }
    }
    login: {
      cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
      tokenStore: { enabled: false }
    }
    httpSettings: { requireHttps: true, routes: { apiPrefix: '/.auth' }, forwardProxy: { convention: 'NoProxy' } }
  }
  dependsOn: [appSettings]
}

@description('Id of the app.')
output id string = site.id

@description('Address of the app.')
output address string = 'https://${site.properties.defaultHostName}'

@description('The app\'s identity.')
output principalId string = site.identity.principalId

@description('The identity that the app registration trusts.')
output signInPrincipalId string = signIn.properties.principalId
